/* SPDX-License-Identifier: Apache-2.0 */

/**
 * Asks the container runtime, over CRI, for what its files do not tell: the labels of pods and the digests of images. On a
 * thread of its own; events never wait for it.
 */
@NullMarked
package dev.defender.sensor.cri;

import org.jspecify.annotations.NullMarked;
