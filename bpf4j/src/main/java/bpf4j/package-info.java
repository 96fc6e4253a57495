/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package bpf4j;

import org.jspecify.annotations.NullMarked;
