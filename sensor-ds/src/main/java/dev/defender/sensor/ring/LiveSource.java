/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import bpf4j.RecordHandler;
import bpf4j.RingBuffer;
import dev.defender.sensor.bundle.NodeContainers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** This host's kernel. Attached from the moment it exists, so that nothing falls between the process table and the ring. */
public final class LiveSource implements RecordSource {
    /** A record's longest delay while records flow; see {@link RingBuffer#await}. */
    private static final int BATCH_MILLIS = 20;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final KernelSide kernel;
    private final RingBuffer ring;
    private final LedgerMaps ledger;
    private final HostFacts facts;
    private final @Nullable ContainerWatch watch;

    private LiveSource(KernelSide kernel, String node, NodeContainers containers) {
        this.kernel = kernel;
        this.watch =
                isActive(HookProgram.CGROUP_MADE) ? ContainerWatch.start(kernel.map("containers"), containers) : null;
        this.facts = new LiveFacts(node, containers, watch);
        this.ring = RingBuffer.map(kernel.map("events"));
        this.ledger = LedgerMapping.map(kernel::map);
    }

    /**
     * Loads the programs, pins the counters if asked to, and attaches every hook that this kernel has.
     *
     * @param node name of this node
     * @param containers looked up as they are made
     * @throws bpf4j.BpfException if the kernel takes no program at all
     */
    public static LiveSource open(LoadOptions options, String node, NodeContainers containers) {
        KernelSide kernel = KernelSide.load(options);
        try {
            kernel.attach();
            return new LiveSource(kernel, node, containers);
        } catch (RuntimeException failed) {
            kernel.close();
            throw failed;
        }
    }

    /** Each program: active, or why not. */
    public List<HookState> hooks() {
        return kernel.hooks();
    }

    private boolean isActive(HookProgram program) {
        return hooks().stream().anyMatch(hook -> hook.program() == program && hook.active());
    }

    @Override
    public void initialTasks(RecordHandler handler) {
        if (isActive(HookProgram.TASKS)) {
            TaskTable.read(kernel.program(HookProgram.TASKS), handler);
        }
    }

    @Override
    public int poll(RecordHandler handler, long timeoutNanos) {
        if (timeoutNanos > 0) {
            int millis = (int) Math.min(Integer.MAX_VALUE, (timeoutNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
            ring.await(Math.min(BATCH_MILLIS, millis), millis);
        }
        return ring.consume(handler);
    }

    @Override
    public void wakeup() {
        ring.wakeup();
    }

    @Override
    public boolean ended() {
        return false;
    }

    /** Detaches the hooks: what is in the ring can still be polled, and nothing more comes. For an orderly stop. */
    public void detach() {
        kernel.detach();
    }

    /** Bytes in the ring that were not taken yet. */
    public long backlogBytes() {
        return ring.backlogBytes();
    }

    @Override
    public LedgerMaps ledger() {
        return ledger;
    }

    @Override
    public HostFacts facts() {
        return facts;
    }

    @Override
    public void close() {
        kernel.detach();
        if (watch != null) {
            watch.close();
        }
        ring.close();
        ledger.close();
        kernel.close();
    }
}
