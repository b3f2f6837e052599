// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.rules;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes quantities: {@code 500m}, {@code 2Gi}, {@code 1e3}. */
public final class Quantity {
    private static final Pattern FORM = Pattern.compile(
            "([+-]?(?:\\d{1,18}(?:\\.\\d{0,18})?|\\.\\d{1,18}))(?:([KMGTPE]i|[numkMGTPE])|[eE]([+-]?\\d{1,2}))?");
    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
            Map.entry("n", BigDecimal.valueOf(1, 9)),
            Map.entry("u", BigDecimal.valueOf(1, 6)),
            Map.entry("m", BigDecimal.valueOf(1, 3)),
            Map.entry("k", BigDecimal.valueOf(1, -3)),
            Map.entry("M", BigDecimal.valueOf(1, -6)),
            Map.entry("G", BigDecimal.valueOf(1, -9)),
            Map.entry("T", BigDecimal.valueOf(1, -12)),
            Map.entry("P", BigDecimal.valueOf(1, -15)),
            Map.entry("E", BigDecimal.valueOf(1, -18)),
            Map.entry("Ki", new BigDecimal(BigInteger.ONE.shiftLeft(10))),
            Map.entry("Mi", new BigDecimal(BigInteger.ONE.shiftLeft(20))),
            Map.entry("Gi", new BigDecimal(BigInteger.ONE.shiftLeft(30))),
            Map.entry("Ti", new BigDecimal(BigInteger.ONE.shiftLeft(40))),
            Map.entry("Pi", new BigDecimal(BigInteger.ONE.shiftLeft(50))),
            Map.entry("Ei", new BigDecimal(BigInteger.ONE.shiftLeft(60))));

    private static final List<String> BINARY = List.of("Ei", "Pi", "Ti", "Gi", "Mi", "Ki", "", "m");
    private static final List<String> DECIMAL = List.of("E", "P", "T", "G", "M", "k", "", "m", "u", "n");

    private Quantity() {}

    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    /** The quantity in thousandths, rounded up; 0 for text that is no quantity. */
    public static BigInteger milli(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return BigInteger.ZERO;
        }
        BigDecimal number = new BigDecimal(form.group(1));
        if (form.group(2) != null) {
            number = number.multiply(SUFFIXES.getOrDefault(form.group(2), BigDecimal.ONE));
        } else if (form.group(3) != null) {
            number = number.scaleByPowerOfTen(Integer.parseInt(form.group(3)));
        }
        return number.movePointRight(3).setScale(0, RoundingMode.CEILING).toBigInteger();
    }

    /**
     * The form that Kubernetes stores: a whole number with the largest suffix, binary where the text was binary, else decimal; text that
     * is no quantity, or one with an exponent, as it is.
     */
    public static String canonical(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || form.group(3) != null) {
            return text;
        }
        String suffix = form.group(2) == null ? "" : form.group(2);
        BigDecimal value = new BigDecimal(form.group(1)).multiply(SUFFIXES.getOrDefault(suffix, BigDecimal.ONE));
        boolean binary = suffix.endsWith("i");
        for (String each : binary ? BINARY : DECIMAL) {
            BigDecimal[] parts = value.divideAndRemainder(SUFFIXES.getOrDefault(each, BigDecimal.ONE));
            if (parts[1].signum() == 0 && (parts[0].signum() != 0 || each.isEmpty())) {
                return parts[0].toBigInteger() + each;
            }
        }
        return text;
    }

    /** A number of thousandths in Kubernetes' canonical decimal form. */
    public static String ofMilli(BigInteger milli) {
        BigInteger[] whole = milli.divideAndRemainder(BigInteger.valueOf(1000));
        return whole[1].signum() == 0 ? whole[0].toString() : milli + "m";
    }

    /** A number of bytes in the largest binary unit that divides it. */
    public static String ofBytes(BigInteger bytes) {
        BigInteger value = bytes;
        String unit = "";
        for (String next : new String[] {"Ki", "Mi", "Gi", "Ti"}) {
            if (value.signum() == 0 || value.getLowestSetBit() < 10) {
                break;
            }
            value = value.shiftRight(10);
            unit = next;
        }
        return value + unit;
    }
}
