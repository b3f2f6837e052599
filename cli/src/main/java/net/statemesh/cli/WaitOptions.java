// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Mixin for commands that change something: {@code --wait}, {@code --no-wait}, {@code --timeout}. */
public final class WaitOptions {
    @Option(
            names = "--no-wait",
            negatable = true,
            description = "Return as soon as the zone knows; otherwise wait until it is so.")
    private boolean noWait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "5m",
            converter = Converter.class,
            description = "How long to wait: 30s, 5m, 1h (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(5);

    public boolean wanted() {
        return !noWait;
    }

    public Duration timeout() {
        return timeout;
    }

    /** Reads {@code 90}, {@code 90s}, {@code 5m}, {@code 1h}. */
    public static final class Converter implements ITypeConverter<Duration> {
        private static final Pattern SHAPE = Pattern.compile("(\\d{1,6})(ms|s|m|h|d|)");

        @Override
        public Duration convert(String text) {
            Matcher matcher = SHAPE.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + text + "' is no time: accepted are 30s, 5m, 1h");
            }
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                case "d" -> Duration.ofDays(amount);
                default -> Duration.ofSeconds(amount);
            };
        }
    }
}
