/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.scenario;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a person sees: a line per stage with the time since the start, and tables. */
public final class Screen {
    private final PrintStream out;
    private final long start = System.nanoTime();

    public Screen(PrintStream out) {
        this.out = out;
    }

    public void stage(String text) {
        out.printf(Locale.ROOT, "[%5.1f s] %s%n", (System.nanoTime() - start) / 1e9, text);
    }

    public void line(String text) {
        out.println(text);
    }

    public void table(String title, List<String> heads, List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < heads.size(); column++) {
            int width = heads.get(column).length();
            for (List<String> row : rows) {
                width = Math.max(width, row.get(column).length());
            }
            widths.add(width);
        }
        out.println();
        out.println(title);
        out.println(row(heads, widths));
        for (List<String> row : rows) {
            out.println(row(row, widths));
        }
    }

    private static String row(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder("  ");
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            line.append(cell);
            if (column < cells.size() - 1) {
                line.append(" ".repeat(widths.get(column) - cell.length() + 2));
            }
        }
        return line.toString();
    }
}
