// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.master;

import net.statemesh.health.protocol.Timing;

/**
 * How suspicious the silence of a node is: the phi of N. Hayashibara, X. Défago, R. Yared and T. Katayama, "The phi accrual failure
 * detector", SRDS 2004. Heartbeats are numbered, so loss and jitter are learnt apart: with a share {@code p} of heartbeats lost and
 * arrivals spread normally around their period, a silence costs each heartbeat that is overdue {@code -log10(p + (1 - p) Q(z))}.
 */
final class Arrivals {
    private static final double MIN_LOSS = 0.01;
    /** More loss is a bad link, which others testify; it must not hide a death. */
    private static final double MAX_LOSS = 0.1;

    private static final double MIN_DEVIATION_MILLIS = 10;
    private static final double MAX_DEVIATION_MILLIS = Timing.HEARTBEAT_MILLIS / 2.0;
    private static final double LOSS_WEIGHT = 1 / 128.0;
    private static final double PERIOD_WEIGHT = 1 / 32.0;
    private static final int MAX_OVERDUE = 64;

    private long number;
    private long lastMillis;
    private double periodMillis = Timing.HEARTBEAT_MILLIS;
    private double varianceMillis2 = MAX_DEVIATION_MILLIS * MAX_DEVIATION_MILLIS / 4;
    private double loss = MIN_LOSS;

    /** Nothing has arrived yet; silence counts from now. */
    Arrivals(long nowMillis) {
        this.lastMillis = nowMillis;
    }

    /** Whether this heartbeat is later than all before. */
    boolean arrived(long newNumber, long nowMillis) {
        if (newNumber <= number) {
            return false;
        }
        if (number > 0) {
            learn(newNumber - number, nowMillis - lastMillis);
        }
        number = newNumber;
        lastMillis = nowMillis;
        return true;
    }

    private void learn(long steps, long elapsedMillis) {
        for (long i = Math.min(steps, MAX_OVERDUE) - 1; i > 0; i--) {
            loss += LOSS_WEIGHT * (1 - loss);
        }
        loss -= LOSS_WEIGHT * loss;
        double off = elapsedMillis - steps * periodMillis;
        varianceMillis2 += PERIOD_WEIGHT * (Math.min(off * off, square(Timing.HEARTBEAT_MILLIS)) - varianceMillis2);
        double each = (double) elapsedMillis / steps;
        periodMillis += PERIOD_WEIGHT * (Math.clamp(each, periodMillis / 2, periodMillis * 2) - periodMillis);
    }

    /** The master was not there to hear. */
    void excuse(long millis, long nowMillis) {
        lastMillis = Math.min(nowMillis, lastMillis + millis);
    }

    long lastMillis() {
        return lastMillis;
    }

    /** 0 for none, 4 for one chance in ten thousand that the node lives; grows with the silence. */
    double phi(long nowMillis) {
        double p = Math.clamp(loss, MIN_LOSS, MAX_LOSS);
        double deviation = Math.clamp(Math.sqrt(varianceMillis2), MIN_DEVIATION_MILLIS, MAX_DEVIATION_MILLIS);
        double period = Math.clamp(periodMillis, Timing.HEARTBEAT_MILLIS / 2.0, Timing.HEARTBEAT_MILLIS * 2.0);
        double silence = nowMillis - lastMillis;
        double phi = 0;
        for (int i = 1; i <= MAX_OVERDUE; i++) {
            double z = (silence - i * period) / deviation;
            if (z < -4) {
                break;
            }
            phi -= Math.log10(p + (1 - p) * upperTail(z));
        }
        return phi;
    }

    /** Of the standard normal distribution, by its logistic approximation (error below 0.00014). */
    private static double upperTail(double z) {
        return 1 / (1 + Math.exp(z * (1.5976 + 0.070566 * z * z)));
    }

    private static double square(double x) {
        return x * x;
    }
}
