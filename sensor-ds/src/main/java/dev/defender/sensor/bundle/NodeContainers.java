/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.bundle;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The containers of this node by id: read from their bundles once, kept until the container is gone, because the bundle goes
 * before the last events of its container are read. Any thread.
 */
public final class NodeContainers {
    private static final Logger log = LoggerFactory.getLogger(NodeContainers.class);

    /** Several times what a node can run; beyond, everything is read again when it is asked for. */
    private static final int MOST = 4096;

    /** What names a sandbox is a text of a file: nothing else may become part of a path. */
    private static final Pattern RUNTIME_ID = Pattern.compile("[0-9a-f]{64}");

    private final BundleDirectories directories;
    private final ConcurrentHashMap<String, ContainerFacts> known = new ConcurrentHashMap<>();
    private volatile BiConsumer<String, ContainerFacts> incomplete = (id, facts) -> {};
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong unreadable = new AtomicLong();

    public NodeContainers(BundleDirectories directories) {
        this.directories = directories;
    }

    /** @param listener told of each pod's container whose labels are not known; any thread, must not wait */
    public void onIncomplete(BiConsumer<String, ContainerFacts> listener) {
        incomplete = listener;
    }

    /**
     * What is known of a container; reads its bundle the first time. A file of 50 KiB takes less than a millisecond.
     *
     * @return null if no known runtime has it, or its bundle cannot be read (now)
     */
    public @Nullable ContainerFacts find(String id) {
        ContainerFacts facts = known.get(id);
        return facts == null ? read(id) : facts;
    }

    private @Nullable ContainerFacts read(String id) {
        ContainerFacts facts = load(id);
        if (facts == null) {
            return null;
        }
        if (!facts.labelsComplete() && RUNTIME_ID.matcher(facts.sandboxId()).matches()) {
            ContainerFacts cached = known.get(facts.sandboxId());
            ContainerFacts sandbox = cached == null ? load(facts.sandboxId()) : cached;
            facts = sandbox == null || !sandbox.sandbox() ? facts : facts.withLabelsOf(sandbox);
        }
        if (known.size() >= MOST) {
            known.clear();
        }
        ContainerFacts earlier = known.putIfAbsent(id, facts);
        if (earlier == null && facts.inPod() && !facts.labelsComplete()) {
            incomplete.accept(id, facts);
        }
        return earlier == null ? facts : earlier;
    }

    /** What the container's own bundle says. */
    private @Nullable ContainerFacts load(String id) {
        BundleDirectories.Bundle bundle = directories.find(id);
        if (bundle == null) {
            return null;
        }
        try {
            return new Annotations(BundleFile.annotations(bundle.config())).facts(bundle.runtime());
        } catch (NoSuchFileException gone) {
            return null;
        } catch (IOException unusable) {
            if (unreadable.incrementAndGet() == 1) {
                log.warn("cannot use the bundle {}: {}", bundle.config(), unusable.toString());
            }
            return null;
        }
    }

    /** Replaces what is known of a container by something better. */
    public void improve(String id, ContainerFacts better) {
        if (known.replace(id, better) != null) {
            changes.incrementAndGet();
        }
    }

    /** The container is gone. */
    public void forget(String id) {
        known.remove(id);
    }

    /** Grows with each {@link #improve}. */
    public long changes() {
        return changes.get();
    }

    /** Bundles that were found and could not be used, each try counted. */
    public long unreadable() {
        return unreadable.get();
    }

    /** Containers in memory. */
    public int size() {
        return known.size();
    }
}
