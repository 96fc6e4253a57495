/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ledger;

import java.nio.charset.StandardCharsets;

/** Reads a cell as a cut reports it. Reused; {@code read} allocates nothing. */
public final class CellTotals {
    private final LedgerMemory memory;
    private long captured;
    private long filtered;
    private long lost;

    CellTotals(LedgerMemory memory) {
        this.memory = memory;
    }

    /** Reads losses before captures: what is in flight can then only look larger than it is, never negative. */
    public CellTotals read(int cell) {
        lost = 0;
        for (int kind = 0; kind < 3; kind++) {
            lost += lost(memory, cell, LossKind.at(kind));
        }
        filtered = memory.filtered(cell) + memory.cell(cell, CellWords.FILTERED);
        captured = memory.captured(cell);
        return this;
    }

    public long captured() {
        return captured;
    }

    public long filtered() {
        return filtered;
    }

    public long lost() {
        return lost;
    }

    /** Whether anything was ever counted here. */
    public boolean touched() {
        return (captured | filtered | lost) != 0;
    }

    /** Container id of the cell's row, as ASCII. Allocates. */
    public byte[] container(int cell) {
        return memory.container(Cells.row(cell)).getBytes(StandardCharsets.US_ASCII);
    }

    static long lost(LedgerMemory memory, int cell, LossKind kind) {
        return switch (kind) {
            case RING_FULL -> memory.ringLost(cell);
            case OUT_OF_CREDIT -> memory.cell(cell, CellWords.LOST_CREDIT);
            case UNDECODABLE -> memory.cell(cell, CellWords.LOST_UNDECODABLE);
        };
    }
}
