// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node must have. Everything given must hold; nothing given fits every node. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Requirements(
        @JsonPropertyDescription("Any of these classes.") List<NodeClass> nodeClasses,
        @Size(min = 1, max = 63) @Nullable String region,
        @Size(min = 1, max = 63) @Nullable String zone,

        @Size(max = 64) @JsonPropertyDescription("CPU features as Linux names them, for example avx2.")
        List<@Pattern("^[a-z0-9]([-_.a-z0-9]*[a-z0-9])?$") String> cpuFeatures,

        @Min(0) @Max(64) @JsonPropertyDescription("At least so many GPUs.")
        Integer gpus,

        @JsonPropertyDescription("true: the node can run virtual machines by hardware.")
        Boolean virtualisation,

        @Nullable NodeAddress address,

        @JsonPropertyDescription("Any of these disk classes.")
        List<DiskClass> disks) {
    public static final Requirements NONE =
            new Requirements(List.of(), null, null, List.of(), 0, false, null, List.of());

    public Requirements {
        nodeClasses = Absent.list(nodeClasses);
        cpuFeatures = Absent.list(cpuFeatures);
        gpus = Absent.or(gpus, 0);
        virtualisation = Absent.or(virtualisation, false);
        disks = Absent.list(disks);
    }

    /** What kind of machine a node is; the JSON name is also the value of the node's label. */
    public enum NodeClass {
        @JsonProperty("lite")
        LITE("lite"),
        @JsonProperty("virtual")
        VIRTUAL("virtual"),
        @JsonProperty("bare-metal")
        BARE_METAL("bare-metal"),
        @JsonProperty("datacenter")
        DATACENTER("datacenter");

        private final String label;

        NodeClass(String label) {
            this.label = label;
        }

        /** Value of {@link net.statemesh.api.Labels#NODE_CLASS}. */
        public String label() {
            return label;
        }
    }

    /** Whether the node can be reached from the Internet. */
    public enum NodeAddress {
        @JsonProperty("public")
        PUBLIC("public"),
        @JsonProperty("private")
        PRIVATE("private");

        private final String label;

        NodeAddress(String label) {
            this.label = label;
        }

        /** Value of {@link net.statemesh.api.Labels#NODE_ADDRESS}. */
        public String label() {
            return label;
        }
    }

    /** Kind of data disk. */
    public enum DiskClass {
        @JsonProperty("nvme")
        NVME("nvme"),
        @JsonProperty("ssd")
        SSD("ssd"),
        @JsonProperty("hdd")
        HDD("hdd");

        private final String label;

        DiskClass(String label) {
            this.label = label;
        }

        /** Value of {@link net.statemesh.api.Labels#NODE_DISK}. */
        public String label() {
            return label;
        }
    }
}
