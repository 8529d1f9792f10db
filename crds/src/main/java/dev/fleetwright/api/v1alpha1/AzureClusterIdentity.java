package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** Credentials for Azure, and who may use them. */
@JsonClassDescription("Credentials for Azure, and who may use them.")
@Group("fleetwright.dev")
@Version("v1alpha1")
@Kind("AzureClusterIdentity")
@Plural("azureclusteridentities")
@Singular("azureclusteridentity")
@ShortNames("fwid")
@Categories("fleetwright")
@AdditionalPrinterColumn(name = "Type", jsonPath = ".spec.type", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Client", jsonPath = ".spec.clientID", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public class AzureClusterIdentity extends CustomResource<AzureClusterIdentitySpec, AzureClusterIdentityStatus>
        implements Namespaced {
    private static final long serialVersionUID = 1L;
}
