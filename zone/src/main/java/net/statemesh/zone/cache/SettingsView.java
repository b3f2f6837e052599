// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.cache;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import net.statemesh.api.SystemNames;
import net.statemesh.api.ZoneSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The zone's settings as they are now. Settings that are removed or malformed change nothing: the last good ones stay. */
public final class SettingsView implements Supplier<ZoneSettings> {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsView.class);

    private final Runnable changed;
    private final CompletableFuture<ZoneSettings> first = new CompletableFuture<>();
    private volatile @Nullable ZoneSettings current;

    /** @param changed called after good settings were replaced by others */
    public SettingsView(ZoneCache cache, Runnable changed) {
        this.changed = changed;
        cache.settings().addEventHandler(ChangeHandler.of(this::take, this::gone));
    }

    /** Completes with the first good settings. */
    public CompletableFuture<ZoneSettings> first() {
        return first.copy();
    }

    /** Fails before {@link #first()} has completed. */
    @Override
    public ZoneSettings get() {
        return Optional.ofNullable(current)
                .orElseThrow(() -> new IllegalStateException("the zone's settings have not been read yet"));
    }

    private void take(ConfigMap configMap) {
        try {
            ZoneSettings read = ZoneSettings.from(configMap);
            ZoneSettings before = current;
            current = read;
            if (before == null) {
                first.complete(read);
            } else if (!before.equals(read)) {
                LOG.info("settings={} replace={}", read, before);
                changed.run();
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("the zone's settings are malformed; {}: {}", effect(), e.getMessage());
        }
    }

    private void gone(ConfigMap configMap) {
        LOG.warn("ConfigMap {}/{} was deleted; {}", SystemNames.NAMESPACE, SystemNames.ZONE_CONFIG_MAP, effect());
    }

    private String effect() {
        return current == null ? "nothing starts before they are good" : "the last good ones stay in force";
    }
}
