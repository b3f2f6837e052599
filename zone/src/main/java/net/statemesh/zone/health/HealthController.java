// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.health;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import net.statemesh.api.Reason;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every node its part in the health protocol, and writes what the protocol finds: the Ready condition with reason, and an event.
 * Verdicts are written in their order, apart from documents, which may wait.
 */
public final class HealthController implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthController.class);
    private static final long RETRY_MILLIS = 200;
    private static final int MAX_DOUBLINGS = 4;

    private final ZoneCache cache;
    private final NodeStatusWriter writer;
    private final EventRecorder events;
    private final HealthSecrets secrets;
    private final HealthLoop loop;
    private final String reachedAt;
    private final Map<String, NodeEntry> entries = new ConcurrentHashMap<>();
    private final Map<Integer, String> names = new ConcurrentHashMap<>();
    private final Map<String, HealthDocument> documents = new ConcurrentHashMap<>();
    private final Set<String> covered = ConcurrentHashMap.newKeySet();
    private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();
    private final ExecutorService verdictWriter = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("verdicts").factory());
    private final ExecutorService documentWriter = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("health-documents").factory());
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
        this.writer = writer;
        this.secrets = new HealthSecrets(client);
        this.reachedAt = listen.getAddress().getHostAddress();
        HealthSecrets.Start start = secrets.start();
        this.loop = new HealthLoop(listen, start.zoneKey(), start.master(), this::output);
        documents.putAll(secrets.documents());
        documents.values().forEach(document -> lastNumber = Math.max(lastNumber, document.number()));
        cache.nodes().getIndexer().list().forEach(this::seen);
        loop.start();
        cache.nodes().addEventHandler(ChangeHandler.of(this::seen, this::gone));
        LOG.info("health protocol at {} master={}", loop.address(), start.master());
    }

    /** Whether the protocol has heard this node, so that it, and no lease, tells how the node is. */
    public boolean covers(String node) {
        return covered.contains(node);
    }

    private synchronized void seen(Node node) {
        String name = node.getMetadata().getName();
        HealthDocument known = documents.get(name);
        int number = known == null ? lastNumber + 1 : known.number();
        NodeEntry.of(node, number).filter(entry -> !entry.equals(entries.get(name))).ifPresent(entry -> {
            lastNumber = Math.max(lastNumber, number);
            entries.put(name, entry);
            names.put(number, name);
            Assignment assignment = known == null ? Assignment.NONE : assignment(known);
            List<Group> groups = known == null
                    ? List.of()
                    : known.groups().stream()
                            .map(group -> new Group(group.version(), group.watchers()))
                            .toList();
            Standing standing = known == null ? Standing.NEW : standing(node);
            if (standing != Standing.NEW) {
                covered.add(name);
            }
            loop.track(entry, standing, assignment, groups);
            // a node that is new, or has moved: those who talk to it must know its address
            documentWriter.execute(() -> retried(name, () -> entries.containsKey(name), () -> secrets.allow(name)));
            document(name, assignment, groups);
            neighbours(assignment).stream().map(names::get).filter(Objects::nonNull).forEach(this::writeAgain);
        });
    }

    private synchronized void gone(Node node) {
        String name = node.getMetadata().getName();
        NodeEntry entry = entries.remove(name);
        documents.remove(name);
        covered.remove(name);
        verdicts.remove(name);
        if (entry != null) {
            names.remove(entry.number());
            loop.forget(entry.number());
            documentWriter.execute(() -> retried(name, () -> !entries.containsKey(name), () -> secrets.remove(name)));
        }
    }

    private static Standing standing(Node node) {
        List<NodeCondition> conditions =
                node.getStatus() == null ? List.of() : node.getStatus().getConditions();
        return conditions.stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .map(condition -> Verdicts.standing(String.valueOf(condition.getReason())))
                .findFirst()
                .orElse(Standing.ALIVE);
    }

    private void output(HealthOutput output) {
        switch (output) {
            case HealthOutput.Send ignored -> {}
            case HealthOutput.Judged(Verdict verdict) -> judged(verdict);
            case HealthOutput.Assign(int node, Assignment assignment, List<Group> groups) -> {
                String name = names.get(node);
                if (name != null) {
                    document(name, assignment, groups);
                }
            }
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
        Verdicts.Mark mark = Verdicts.mark(verdict, number -> names.getOrDefault(number, "node " + number));
        LOG.info("verdict node={} standing={} before={} silentMillis={} phi={} testimonies={}",
                name, verdict.standing(), verdict.before(), verdict.silentMillis(), verdict.phi(), verdict.testimonies());
        verdicts.put(name, verdict);
        verdictWriter.execute(
                () -> retried(name, () -> verdicts.get(name) == verdict, () -> write(name, verdict.standing(), mark)));
    }

    /** An agent that came back may have said itself that it is ready. */
    private void write(String name, Standing standing, Verdicts.Mark mark) {
        Node node = cache.nodes().getIndexer().getByKey(name);
        if (node != null && (standing != Standing.ALIVE || standing(node) != Standing.ALIVE)) {
            String type = standing == Standing.ALIVE ? EventRecorder.NORMAL : EventRecorder.WARNING;
            writer.mark(node, type, mark.status(), mark.reason(), mark.message());
        }
    }

    private void withheld(boolean withheld, int heard, int members) {
        String message = withheld
                ? "only " + heard + " of " + members + " nodes can be heard: it may be the master's own network, so no node is called dead"
                : "enough nodes are heard again";
        LOG.warn("verdicts withheld={} heard={} members={}", withheld, heard, members);
        cache.nodes().getIndexer().list().forEach(node -> events.record(
                node,
                withheld ? EventRecorder.WARNING : EventRecorder.NORMAL,
                withheld ? Reason.VERDICTS_WITHHELD : Reason.VERDICTS_RESUMED,
                message));
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

    private synchronized void writeAgain(String name) {
        HealthDocument known = documents.get(name);
        if (known != null) {
            document(
                    name,
                    assignment(known),
                    known.groups().stream()
                            .map(group -> new Group(group.version(), group.watchers()))
                            .toList());
        }
    }

    /** Only the latest document of a node is written. */
    private synchronized void document(String name, Assignment assignment, List<Group> groups) {
        NodeEntry entry = entries.get(name);
        if (entry == null) {
            return;
        }
        HealthDocument document = new HealthDocument(
                entry.number(),
                new HealthDocument.Peer(
                        Envelope.MASTER, reachedAt, loop.address().getPort(), key(Envelope.MASTER, entry.number())),
                assignment.version(),
                assignment.watchers(),
                assignment.watched().stream()
                        .map(watched -> new HealthDocument.Watched(watched.node(), watched.since()))
                        .toList(),
                groups.stream()
                        .map(group -> new HealthDocument.Group(group.version(), group.watchers()))
                        .toList(),
                neighbours(assignment).stream()
                        .map(names::get)
                        .filter(Objects::nonNull)
                        .map(entries::get)
                        .filter(Objects::nonNull)
                        .map(peer -> new HealthDocument.Peer(
                                peer.number(), peer.address(), peer.port(), key(entry.number(), peer.number())))
                        .toList());
        HealthDocument before = documents.put(name, document);
        if (!document.equals(before)) {
            documentWriter.execute(() -> retried(
                    name, () -> document.equals(documents.get(name)), () -> secrets.write(name, document)));
        }
    }

    private static Set<Integer> neighbours(Assignment assignment) {
        Set<Integer> neighbours = new LinkedHashSet<>(assignment.watchers());
        assignment.watched().forEach(watched -> neighbours.add(watched.node()));
        return neighbours;
    }

    private static Assignment assignment(HealthDocument document) {
        return new Assignment(
                document.version(),
                document.watchers(),
                document.watched().stream()
                        .map(watched -> new Assignment.Watched(watched.node(), watched.since()))
                        .toList());
    }

    private String key(int one, int other) {
        return Base64.getEncoder().encodeToString(loop.keyOf(one, other));
    }

    /** Until it is written, or something newer is to be. */
    private static void retried(String name, BooleanSupplier wanted, Runnable write) {
        for (int failures = 0; wanted.getAsBoolean(); failures++) {
            try {
                write.run();
                return;
            } catch (KubernetesClientException e) {
                LOG.warn("node={} not written, will be tried again: {}", name, e.getMessage());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS << Math.min(failures, MAX_DOUBLINGS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        loop.close();
        verdictWriter.shutdownNow();
        documentWriter.shutdownNow();
    }
}
