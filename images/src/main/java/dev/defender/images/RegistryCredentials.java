/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.images;

import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;

/** Who pushes: {@code REGISTRY_USER} and {@code REGISTRY_PASSWORD}, else what docker or podman login left. */
final class RegistryCredentials {
    private RegistryCredentials() {}

    static RegistryImage add(RegistryImage target, String reference) throws InvalidImageReferenceException {
        String user = System.getenv("REGISTRY_USER");
        String password = System.getenv("REGISTRY_PASSWORD");
        if (user != null && password != null) {
            return target.addCredential(user, password);
        }
        CredentialRetrieverFactory factory = CredentialRetrieverFactory.forImage(
                ImageReference.parse(reference), event -> System.err.println("images: " + event.getMessage()));
        target.addCredentialRetriever(factory.dockerConfig());
        CredentialRetriever helpers = factory.wellKnownCredentialHelpers();
        return target.addCredentialRetriever(helpers);
    }
}
