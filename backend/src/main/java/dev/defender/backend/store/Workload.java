/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

/** What a pod belongs to: the last of its owners, such as a Deployment or a CronJob; the pod itself if it has none. */
public record Workload(String kind, String namespace, String name, String uid) {}
