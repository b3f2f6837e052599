// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.health;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.statemesh.api.Reason;
import net.statemesh.api.SystemNames;
import net.statemesh.api.health.HealthDocument;
import net.statemesh.health.master.Group;
import net.statemesh.health.master.HealthOutput;
import net.statemesh.health.master.Standing;
import net.statemesh.health.master.Verdict;
import net.statemesh.health.protocol.Assignment;
import net.statemesh.health.protocol.Envelope;
import net.statemesh.zone.cache.ChangeHandler;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.event.EventRecorder;
import net.statemesh.zone.node.NodeStatusWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives every node its part in the health protocol, and makes known what the protocol finds. */
public final class HealthController implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthController.class);
    /** What is true of the zone as a whole is told about its settings. */
    private static final ConfigMap ZONE = new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace(SystemNames.NAMESPACE)
            .withName(SystemNames.ZONE_CONFIG_MAP)
            .endMetadata()
            .build();

    private final ZoneCache cache;
    private final EventRecorder events;
    private final NodeDocuments documents;
    private final VerdictWriter verdicts;
    private final HealthLoop loop;
    private final String reachedAt;
    private final Map<String, NodeEntry> entries = new ConcurrentHashMap<>();
    private final Map<Integer, String> names = new ConcurrentHashMap<>();
    private final Set<String> covered = ConcurrentHashMap.newKeySet();
    private int lastNumber;

    /**
     * Starts at once; the cache must have seen the whole zone.
     *
     * @param listen UDP address of the master, as nodes reach it
     */
    public HealthController(
            KubernetesClient client,
            ZoneCache cache,
            EventRecorder events,
            NodeStatusWriter writer,
            InetSocketAddress listen) {
        this.cache = cache;
        this.events = events;
        this.reachedAt = listen.getAddress().getHostAddress();
        HealthSecrets secrets = new HealthSecrets(client);
        HealthSecrets.Start start = secrets.start();
        this.loop = new HealthLoop(listen, start.zoneKey(), start.master(), this::output);
        this.documents = new NodeDocuments(secrets);
        this.verdicts =
                new VerdictWriter(cache, writer, events, number -> names.getOrDefault(number, "node " + number));
        this.lastNumber = documents.highestNumber();
        cache.nodes().getIndexer().list().forEach(this::seen);
        documents.nodes().stream().filter(name -> !entries.containsKey(name)).forEach(this::leftWhileNobodyLooked);
        loop.start();
        cache.nodes().addEventHandler(ChangeHandler.of(this::seen, this::gone));
        LOG.info("health protocol at {} master={}", loop.address(), start.master());
    }

    /** Whether the protocol has heard this node, so that it, and no lease, tells how the node is. */
    public boolean covers(String node) {
        return loop.isRunning() && covered.contains(node);
    }

    private void leftWhileNobodyLooked(String name) {
        if (cache.nodes().getIndexer().getByKey(name) == null) {
            documents.remove(name);
        }
    }

    private synchronized void seen(Node node) {
        String name = node.getMetadata().getName();
        HealthDocument known = documents.of(name);
        int number = known == null ? lastNumber + 1 : known.number();
        NodeEntry.of(node, number)
                .filter(entry -> !entry.equals(entries.get(name)))
                .ifPresent(entry -> track(entry, node, known));
    }

    /** A node that is new or has moved, or all of them for a new master: those who talk to it must know its address. */
    private void track(NodeEntry entry, Node node, @Nullable HealthDocument known) {
        lastNumber = Math.max(lastNumber, entry.number());
        entries.put(entry.name(), entry);
        names.put(entry.number(), entry.name());
        Assignment assignment = known == null ? Assignment.NONE : Documents.assignment(known);
        List<Group> groups = known == null ? List.of() : Documents.groups(known);
        Standing standing = known == null ? Standing.NEW : VerdictWriter.standing(node);
        if (standing != Standing.NEW) {
            covered.add(entry.name());
        }
        loop.track(entry, standing, assignment, groups);
        document(entry, assignment, groups);
        Documents.neighbours(assignment).stream()
                .map(names::get)
                .filter(Objects::nonNull)
                .forEach(this::documentAgain);
    }

    private synchronized void gone(Node node) {
        String name = node.getMetadata().getName();
        NodeEntry entry = entries.remove(name);
        covered.remove(name);
        verdicts.forget(name);
        documents.remove(name);
        if (entry != null) {
            names.remove(entry.number());
            loop.forget(entry.number());
        }
    }

    /** On the thread of the loop. */
    private void output(HealthOutput output) {
        switch (output) {
            case HealthOutput.Send ignored -> {}
            case HealthOutput.Judged(Verdict verdict) -> judged(verdict);
            case HealthOutput.Assign(int number, Assignment assignment, List<Group> groups) ->
                assigned(number, assignment, groups);
            case HealthOutput.Withheld(boolean withheld, int heard, int members) -> withheld(withheld, heard, members);
            case HealthOutput.Fenced(int number) -> fenced(number);
        }
    }

    private void judged(Verdict verdict) {
        String name = names.get(verdict.node());
        if (name == null) {
            return;
        }
        covered.add(name);
        LOG.info(
                "verdict node={} standing={} before={} silent_ms={} phi={} testimonies={}",
                name,
                verdict.standing(),
                verdict.before(),
                verdict.silentMillis(),
                verdict.phi(),
                verdict.testimonies());
        verdicts.judged(name, verdict);
    }

    private synchronized void assigned(int number, Assignment assignment, List<Group> groups) {
        String name = names.get(number);
        NodeEntry entry = name == null ? null : entries.get(name);
        if (entry != null) {
            document(entry, assignment, groups);
        }
    }

    private void withheld(boolean withheld, int heard, int members) {
        String message = withheld
                ? "only " + heard + " of " + members
                        + " nodes can be heard: it may be the master's own network, so no node is called dead"
                : "enough nodes are heard again";
        LOG.warn("verdicts withheld={} heard={} members={}", withheld, heard, members);
        events.record(
                ZONE,
                withheld ? EventRecorder.WARNING : EventRecorder.NORMAL,
                withheld ? Reason.VERDICTS_WITHHELD : Reason.VERDICTS_RESUMED,
                message);
    }

    private void fenced(int number) {
        String name = names.get(number);
        Node node = name == null ? null : cache.nodes().getIndexer().getByKey(name);
        if (node != null) {
            LOG.info("fenced node={}", name);
            events.record(
                    node,
                    EventRecorder.NORMAL,
                    Reason.NODE_FENCED,
                    "what only this node could hold can be given to another");
        }
    }

    private void documentAgain(String name) {
        NodeEntry entry = entries.get(name);
        HealthDocument known = documents.of(name);
        if (entry != null && known != null) {
            document(entry, Documents.assignment(known), Documents.groups(known));
        }
    }

    private void document(NodeEntry entry, Assignment assignment, List<Group> groups) {
        List<HealthDocument.Peer> peers = Documents.neighbours(assignment).stream()
                .map(names::get)
                .filter(Objects::nonNull)
                .map(entries::get)
                .filter(Objects::nonNull)
                .map(peer -> new HealthDocument.Peer(
                        peer.number(), peer.address(), peer.port(), key(entry.number(), peer.number())))
                .toList();
        HealthDocument.Peer master = new HealthDocument.Peer(
                Envelope.MASTER, reachedAt, loop.address().getPort(), key(Envelope.MASTER, entry.number()));
        documents.put(entry.name(), Documents.document(entry.number(), master, assignment, groups, peers));
    }

    private String key(int one, int other) {
        return Base64.getEncoder().encodeToString(loop.keyOf(one, other));
    }

    @Override
    public void close() {
        loop.close();
        verdicts.close();
        documents.close();
    }
}
