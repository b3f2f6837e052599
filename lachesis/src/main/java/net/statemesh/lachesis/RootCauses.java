// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.ArrayList;
import java.util.List;

/**
 * For every root and frame that it is registered in: which roots of the frame before are a forkless cause of it, as places in
 * {@link Frames#roots}. Kept while an election can still ask.
 */
final class RootCauses {
    private static final int[] NO_CAUSES = {};

    private final List<List<int[]>> ofFrame = new ArrayList<>();
    private int forgottenUpTo;

    RootCauses() {
        ofFrame.add(List.of());
    }

    /** Enters the next root of a frame. */
    void add(int frame, int[] causes) {
        while (ofFrame.size() <= frame) {
            ofFrame.add(new ArrayList<>());
        }
        if (frame > forgottenUpTo) {
            ofFrame.get(frame).add(causes);
        }
    }

    int[] of(int frame, int place) {
        return ofFrame.get(frame).get(place);
    }

    /** Forgets the roots of a frame that is no longer voted in and those before, also when they come later. */
    void forgetUpTo(int frame) {
        while (forgottenUpTo < frame) {
            forgottenUpTo++;
            if (forgottenUpTo < ofFrame.size()) {
                ofFrame.set(forgottenUpTo, List.of());
            }
        }
    }

    /** The causes of a root in frame 1. */
    static int[] none() {
        return NO_CAUSES;
    }
}
