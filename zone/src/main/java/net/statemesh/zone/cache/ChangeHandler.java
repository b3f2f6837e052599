// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.cache;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A handler for whom a new object and a changed one are the same. */
public final class ChangeHandler<T> implements ResourceEventHandler<T> {
    private final BiConsumer<@Nullable T, T> present;
    private final Consumer<T> gone;

    private ChangeHandler(BiConsumer<@Nullable T, T> present, Consumer<T> gone) {
        this.present = present;
        this.gone = gone;
    }

    public static <T> ChangeHandler<T> of(Consumer<T> present, Consumer<T> gone) {
        return new ChangeHandler<>((before, object) -> present.accept(object), gone);
    }

    /** With the object as it was before; null when it is new. */
    public static <T> ChangeHandler<T> comparing(BiConsumer<@Nullable T, T> present, Consumer<T> gone) {
        return new ChangeHandler<>(present, gone);
    }

    @Override
    public void onAdd(T object) {
        present.accept(null, object);
    }

    @Override
    public void onUpdate(T before, T object) {
        present.accept(before, object);
    }

    @Override
    public void onDelete(T object, boolean finalStateUnknown) {
        gone.accept(object);
    }
}
