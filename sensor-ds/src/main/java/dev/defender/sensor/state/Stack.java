/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects waiting to be used again. */
final class Stack<T> {
    private final List<T> items = new ArrayList<>();

    void push(T item) {
        items.add(item);
    }

    @Nullable
    T pop() {
        return items.isEmpty() ? null : items.removeLast();
    }
}
