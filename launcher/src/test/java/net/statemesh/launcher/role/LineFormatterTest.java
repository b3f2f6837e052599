// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.role;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LineFormatterTest {
    private final LineFormatter formatter = new LineFormatter();

    @Test
    void warningIsOneLineWithItsCauses() {
        LogRecord entry = entry(Level.WARNING, new IOException("watch ended", new ConnectException("refused\nmore")));
        assertThat(formatter.format(entry))
                .isEqualTo("2026-01-31T12:00:00.250Z WARNING net.statemesh.zone.Master watch=pods lost\\nagain"
                        + " cause=\"IOException: watch ended < ConnectException: refused\"\n");
    }

    @Test
    void defectKeepsItsStackTrace() {
        assertThat(formatter.format(entry(Level.SEVERE, new IllegalStateException("index 3"))))
                .startsWith("2026-01-31T12:00:00.250Z SEVERE net.statemesh.zone.Master watch=pods lost\\nagain\n")
                .contains("java.lang.IllegalStateException: index 3", "\tat " + LineFormatterTest.class.getName());
    }

    private static LogRecord entry(Level level, Throwable thrown) {
        LogRecord entry = new LogRecord(level, "watch={0} lost\nagain");
        entry.setParameters(new Object[] {"pods"});
        entry.setLoggerName("net.statemesh.zone.Master");
        entry.setInstant(Instant.parse("2026-01-31T12:00:00.250Z"));
        entry.setThrown(thrown);
        return entry;
    }
}
