// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import net.statemesh.cli.output.Format;

/** Results that programs read. */
final class Documents {
    private Documents() {}

    /** JSON or YAML text of a record. */
    static String render(Format format, Object result) {
        ObjectMapper mapper = format == Format.YAML
                ? YAMLMapper.builder()
                        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                        .build()
                : JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build();
        try {
            return mapper.writeValueAsString(result).stripTrailing();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of strings and numbers can always be written", e);
        }
    }
}
