/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.ownership;

import dev.defender.operator.api.Names;
import dev.defender.operator.dependent.Child;
import dev.defender.operator.model.Blueprint;
import dev.defender.operator.model.CleanupDaemonSet;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Asks the API server, not a cache, whose an object is. Any thread. */
public final class Ownership {
    private final KubernetesClient client;

    public Ownership(KubernetesClient client) {
        this.client = client;
    }

    /**
     * An object of a child's name that is not the profile's.
     *
     * @param manager who writes it, from its managed fields
     */
    public record Foreign(String kind, String name, String manager) {
        public String describe() {
            return kind + " " + Names.COMPONENT_NAMESPACE + "/" + name + " (managed by " + manager + ")";
        }
    }

    /** Whether the object was made for the profile of this uid. */
    public static boolean isOf(String profileUid, HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> owner.getUid().equals(profileUid))
                || profileUid.equals(object.getMetadata().getAnnotations().get(CleanupDaemonSet.PROFILE_UID));
    }

    /** Objects that stand where these children would. */
    public List<Foreign> foreign(Blueprint blueprint, List<Child<?>> children) {
        List<Foreign> found = new ArrayList<>();
        for (Child<?> child : children) {
            find(child.resourceType(), blueprint.name(child.component()))
                    .filter(object -> !isOf(blueprint.uid(), object))
                    .map(Ownership::describe)
                    .ifPresent(found::add);
        }
        return found;
    }

    public <R extends HasMetadata> Optional<R> find(Class<R> type, String name) {
        return Optional.ofNullable(client.resources(type)
                .inNamespace(Names.COMPONENT_NAMESPACE)
                .withName(name)
                .get());
    }

    /**
     * Deletes the object of this name if it is the profile's; what it owns goes after it.
     *
     * @return whether one of the profile's is (still) there
     */
    public <R extends HasMetadata> boolean delete(Class<R> type, String name, String profileUid) {
        R object = find(type, name).filter(found -> isOf(profileUid, found)).orElse(null);
        if (object == null) {
            return false;
        }
        if (object.getMetadata().getDeletionTimestamp() == null) {
            try {
                client.resource(object)
                        .lockResourceVersion(object.getMetadata().getResourceVersion())
                        .delete();
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    throw e;
                }
                // It has changed meanwhile; whose it is must be asked again.
            }
        }
        return true;
    }

    private static Foreign describe(HasMetadata object) {
        String manager = object.getMetadata().getManagedFields().stream()
                .filter(entry -> entry.getSubresource() == null)
                .max(Comparator.comparing(entry -> entry.getTime() == null ? "" : entry.getTime()))
                .map(ManagedFieldsEntry::getManager)
                .orElse("nobody known");
        return new Foreign(object.getKind(), object.getMetadata().getName(), manager);
    }
}
