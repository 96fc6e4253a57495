/* SPDX-License-Identifier: Apache-2.0 */
/** The program that README.md shows. */
@NullMarked
package bpf4j.example;

import org.jspecify.annotations.NullMarked;
