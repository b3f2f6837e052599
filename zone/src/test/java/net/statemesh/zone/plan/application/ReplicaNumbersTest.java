// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReplicaNumbersTest {
    @Test
    void theNextNumberIsOneMoreThanTheHighestOfAnyRevision() {
        ReplicaNumbers numbers = after("shop-x7k2p-aaaaa-2", "shop-x7k2p-bbbbb-11", "shop-x7k2p-bbbbb-3");
        assertThat(numbers.next()).isEqualTo(12);
        assertThat(numbers.next()).isEqualTo(13);
    }

    @Test
    void theFirstReplicaIsNumberNought() {
        assertThat(after().next()).isZero();
    }

    @Test
    void namesThatEndOtherwiseDoNotCount() {
        assertThat(after("shop-x7k2p-aaaaa-k3f9q", "shop", "shop-99999999999999999999")
                        .next())
                .isZero();
    }

    private static ReplicaNumbers after(String... names) {
        List<Pod> pods = Stream.of(names)
                .map(name -> new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .toList();
        return new ReplicaNumbers(pods);
    }
}
