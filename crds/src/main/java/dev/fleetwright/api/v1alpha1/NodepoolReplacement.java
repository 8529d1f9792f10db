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

/** The record of one replacement: plan, journal of destructive steps, progress, result. */
@JsonClassDescription("The record of one replacement: plan, journal of destructive steps, progress, result.")
@Group("fleetwright.dev")
@Version("v1alpha1")
@Kind("NodepoolReplacement")
@Plural("nodepoolreplacements")
@Singular("nodepoolreplacement")
@ShortNames("fwnr")
@Categories("fleetwright")
@AdditionalPrinterColumn(
        name = "Nodepool",
        jsonPath = ".spec.nodepoolRef.name",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Target", jsonPath = ".spec.target.name", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Nodes",
        jsonPath = ".status.progress.nodes",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Pods", jsonPath = ".status.progress.pods", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Blocked",
        jsonPath = ".status.progress.blocked",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Result", jsonPath = ".status.result", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Status",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
        type = AdditionalPrinterColumn.Type.STRING)
public class NodepoolReplacement extends CustomResource<NodepoolReplacementSpec, NodepoolReplacementStatus>
        implements Namespaced {
    private static final long serialVersionUID = 1L;
}
