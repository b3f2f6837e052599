// SPDX-License-Identifier: Apache-2.0
package net.statemesh.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;

class SubjectTest {
    @Test
    void nameReadsBackAsItWasWritten() {
        Subject subject = new Subject("system:node:node-1, with=signs+and \"quotes\"", "system:nodes", "one;two");
        assertThat(Subject.of(subject.toX500())).isEqualTo(subject);
    }

    @Test
    void backslashIsNotTakenOutSoThatNobodyPassesForSomebodyElse() {
        X500Name disguised = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, new DERUTF8String("system:mas\\ters"))
                .addRDN(BCStyle.CN, "mallory")
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subject.of(disguised))
                .withMessageContaining("system:mas\\ters");
        assertThatIllegalArgumentException().isThrownBy(() -> new Subject("line\nbreak"));
    }

    @Test
    void everyGroupCountsAlsoWhereTwoShareOneRelativeName() {
        X500Name joined = new X500Name("CN=mallory,O=guests+O=system:masters");
        assertThat(Subject.of(joined).organizations()).containsExactlyInAnyOrder("guests", "system:masters");
    }

    @Test
    void certificatesNameOnlyWhatIsADnsName() {
        assertThat(AlternativeNames.dns("*.local-1.statemesh.localhost", "localhost")
                        .dnsNames())
                .hasSize(2);
        for (String wrong : List.of("Upper.example", "two..dots", "*", "a.*.b", "spa ce")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AlternativeNames.dns(wrong))
                    .withMessageContaining(wrong);
        }
    }
}
