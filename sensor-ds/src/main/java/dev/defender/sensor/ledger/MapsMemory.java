/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ledger;

import dev.defender.sensor.ring.LedgerMaps;

/** The words in the maps of the kernel side, pinned there or, for a replay, plain memory. */
public record MapsMemory(LedgerMaps maps) implements LedgerMemory {
    @Override
    public int rows() {
        return maps.rows();
    }

    @Override
    public int indexEntries(int lane) {
        return maps.indexEntries(lane);
    }

    @Override
    public long captured(int cell) {
        return maps.captured(cell);
    }

    @Override
    public void setCaptured(int cell, long value) {
        maps.setCaptured(cell, value);
    }

    @Override
    public long filtered(int cell) {
        return maps.filtered(cell);
    }

    @Override
    public long ringLost(int cell) {
        return maps.ringLost(cell);
    }

    @Override
    public long cell(int cell, int word) {
        return maps.cell(cell, word);
    }

    @Override
    public void setCell(int cell, int word, long value) {
        maps.setCell(cell, word, value);
    }

    @Override
    public long head(int word) {
        return maps.head(word);
    }

    @Override
    public void setHead(int word, long value) {
        maps.setHead(word, value);
    }

    @Override
    public long index(int lane, long sequence) {
        return maps.index(lane, sequence);
    }

    @Override
    public void setIndex(int lane, long sequence, long entry) {
        maps.setIndex(lane, sequence, entry);
    }

    @Override
    public String container(int row) {
        return maps.container(row);
    }

    @Override
    public void setContainer(int row, byte[] id, int offset, int length) {
        maps.setContainer(row, id, offset, length);
    }
}
