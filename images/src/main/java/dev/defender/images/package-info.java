/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Makes container images of the programs that the build laid out, from nothing: no Docker, no base image. What an image
 * holds beside the program is a Java runtime of the modules that it needs and those shared libraries of this machine
 * that its native parts name. There is no shell in any of them.
 */
@NullMarked
package dev.defender.images;

import org.jspecify.annotations.NullMarked;
