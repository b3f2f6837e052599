// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.statemesh.lachesis.Block;
import net.statemesh.lachesis.SealingRule;
import net.statemesh.lachesis.Validator;
import net.statemesh.lachesis.Validators;

/**
 * What a world is like: a turbulent time with everything that can go wrong, then a calm one in which all must decide.
 *
 * @param seed all that is random in the world is drawn from it
 * @param validators those of the first epoch
 * @param roles of the validators that are not honest, by id
 * @param roundMillis how often a validator creates an event
 * @param maxParents most parents of an honest event
 * @param sealFrame the frame whose block seals an epoch, 0 for never
 * @param turbulentMillis length of the turbulent time
 * @param turbulent the network in it
 * @param calm the network after it
 * @param calmRounds rounds after which everybody must have decided further blocks
 * @param partitions times at which the network is cut
 * @param crashes times at which honest validators are down
 */
public record Scenario(
        long seed,
        Validators validators,
        Map<Long, Role> roles,
        int roundMillis,
        int maxParents,
        int sealFrame,
        int turbulentMillis,
        Network.Weather turbulent,
        Network.Weather calm,
        int calmRounds,
        List<Partition> partitions,
        List<Crash> crashes) {

    /** Cuts the addresses whose bit is set in {@code sides} from the others; ends with the turbulent time at the latest. */
    public record Partition(int fromMillis, int toMillis, long sides) {}

    /** Takes the honest validator at this place in id order down; ends with the turbulent time at the latest. */
    public record Crash(int honest, int fromMillis, int toMillis) {}

    public Scenario {
        roles = Map.copyOf(roles);
        partitions = List.copyOf(partitions);
        crashes = List.copyOf(crashes);
    }

    Role role(long validator) {
        return roles.getOrDefault(validator, Role.HONEST);
    }

    /** Ids of the honest validators, ascending. */
    List<Long> honest() {
        return validators.canonical().stream()
                .map(Validator::id)
                .filter(id -> role(id) == Role.HONEST)
                .sorted()
                .toList();
    }

    /** Ids of the others, ascending. */
    List<Long> byzantine() {
        return roles.keySet().stream().sorted().toList();
    }

    /** Seals at the sealing frame; cheaters of the last block leave, and the honest gain weight so that the order changes. */
    SealingRule sealingRule() {
        return (block, current) -> block.frame() == sealFrame ? Optional.of(after(block, current)) : Optional.empty();
    }

    private Validators after(Block block, Validators current) {
        return Validators.of(current.canonical().stream()
                .filter(validator -> !block.cheaters().contains(validator.id()))
                .map(validator -> role(validator.id()) == Role.HONEST
                        ? new Validator(validator.id(), validator.weight() + gain(block, validator))
                        : validator)
                .toList());
    }

    private static int gain(Block block, Validator validator) {
        return (int) ((block.number() * 31 + validator.id() * 17) % 5);
    }
}
