/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.defender.operator.cluster.ApiServer;
import dev.defender.operator.cluster.Installation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API server itself says to a profile that is not right, in words that help. */
class ProfileValidationTest {
    private KubernetesClient admin = ApiServer.get().admin();

    @BeforeEach
    void install() throws IOException {
        Installation.into(admin);
    }

    @AfterEach
    void close() {
        profile("{}").delete();
        admin.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {logAnalyticsWorkspaceResourceId: my-workspace}  | ARM resource id, which begins with /subscriptions/
            {securityMonitoring: {enabled: maybe}}           | must be of type boolean
            {namePrefix: Upper}                              | should match '^[a-z0-9][-a-z0-9]*$'
            {namePrefix: abcdefghijklmnopqrstuvwxyz}         | may not be more than 20
            {rollout: {maxUnavailable: 0}}                   | maxUnavailable is a number of nodes from 1, or a percentage
            {rollout: {maxUnavailable: 110%}}                | maxUnavailable is a number of nodes from 1, or a percentage
            {backend: {onboardingSecretName: "No_Name"}}     | spec.backend.onboardingSecretName
            {backend: {httpsProxy: "proxy:3128"}}            | httpsProxy is of the form http://host:port
            {priorityClassName: ""}                          | spec.priorityClassName
            """)
    void anInvalidProfileIsRefusedWithASentence(String spec, String said) {
        assertThatThrownBy(() -> profile(spec).create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(said);
    }

    @Test
    void thePrefixCanBeNeitherChangedNorAddedNorRemoved() {
        profile("{namePrefix: a-}").create();
        assertThatThrownBy(() -> profile("{namePrefix: b-}").update())
                .hasMessageContaining("namePrefix cannot be changed");
        assertThatThrownBy(() -> profile("{}").update()).hasMessageContaining("namePrefix cannot be changed");
        profile("{}").delete();
        profile("{}").create();
        assertThatThrownBy(() -> profile("{namePrefix: a-}").update())
                .hasMessageContaining("namePrefix cannot be changed");
    }

    @Test
    void defaultsAreFilledInAndUnknownFieldsKept() {
        GenericKubernetesResource made = profile("""
                {securityMonitoring: {enabled: true, mode: new}, futureFeature: {level: 3},
                 securityGating: {enabled: true, allowSecretAccess: false, identities: [
                   {azureContainerRegistry: /subscriptions/x, identity: {clientId: c}}]}}""").create();
        String yaml = Serialization.asYaml(made);
        assertThat(yaml)
                .contains("maxUnavailable: \"10%\"", "canary: true", "priorityClassName: \"system-node-critical\"")
                .contains("onboardingSecretName: \"defender-onboarding\"")
                .contains("futureFeature:", "level: 3", "mode: \"new\"");
    }

    private Resource<GenericKubernetesResource> profile(String spec) {
        return admin.resource(Serialization.unmarshal(
                "apiVersion: defender.dev/v1alpha1\nkind: DefenderProfile\nmetadata: {name: checked}\nspec: " + spec,
                GenericKubernetesResource.class));
    }
}
