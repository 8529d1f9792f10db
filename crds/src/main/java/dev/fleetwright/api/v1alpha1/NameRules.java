package dev.fleetwright.api.v1alpha1;

/** CEL rules for names in Azure: letters and digits of any script, '-', '_', '.', '(' and ')', no '.' at the end. */
final class NameRules {
    private static final String GROUP = "matches('^[-_.()\\\\p{L}\\\\p{N}]*[-_()\\\\p{L}\\\\p{N}]$')";

    static final String RESOURCE_GROUP = "self.resourceGroupName." + GROUP;
    static final String RESOURCE_GROUP_MESSAGE = "resourceGroupName is none that Azure takes:"
            + " use letters, digits, '-', '_', '.', '(' and ')', and no '.' at the end";

    static final String NODE_RESOURCE_GROUP =
            "!has(self.nodeResourceGroupName) || self.nodeResourceGroupName == '' || self.nodeResourceGroupName."
                    + GROUP;
    static final String NODE_RESOURCE_GROUP_MESSAGE = "nodeResourceGroupName is none that Azure takes:"
            + " use letters, digits, '-', '_', '.', '(' and ')', and no '.' at the end";

    private NameRules() {}
}
