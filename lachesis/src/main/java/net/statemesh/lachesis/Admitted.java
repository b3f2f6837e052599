// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

/** What {@link Epoch#admit} did. */
sealed interface Admitted {
    /** The event is in the DAG under this number; it is a root of the frames behind {@code selfParentFrame} up to {@code frame}. */
    record Member(int event, int selfParentFrame, int frame) implements Admitted {
        boolean root() {
            return frame != selfParentFrame;
        }
    }

    /** It is not, and nothing has changed. */
    record Invalid(Rejected reason) implements Admitted {}
}
