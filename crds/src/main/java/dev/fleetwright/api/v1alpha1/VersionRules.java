package dev.fleetwright.api.v1alpha1;

/**
 * CEL rules for a change of a Kubernetes version. CEL has no local variables: both versions are put into a list of one
 * pair of number lists, and the pair is named by {@code all}.
 */
final class VersionRules {
    private static final String PAIR =
            "[[self.version, oldSelf.version].map(v, v.replace('v', '').split('.').map(part, int(part)))].all(pair, ";

    private static final String NOT_BELOW = PAIR
            + "pair[0][0] > pair[1][0] || (pair[0][0] == pair[1][0] && (pair[0][1] > pair[1][1]"
            + " || (pair[0][1] == pair[1][1] && (size(pair[0]) < 3 || size(pair[1]) < 3"
            + " || pair[0][2] >= pair[1][2])))))";

    static final String NO_DOWNGRADE = "self.version == oldSelf.version || " + NOT_BELOW;
    static final String NO_DOWNGRADE_OF_OPTIONAL = "!has(self.version) || self.version == '' || !has(oldSelf.version)"
            + " || oldSelf.version == '' || " + NO_DOWNGRADE;
    static final String NO_DOWNGRADE_MESSAGE =
            "version goes up only, as Azure has no downgrade: restore the old version or set a higher one";

    static final String ONE_MINOR =
            "self.version == oldSelf.version || " + PAIR + "pair[0][0] != pair[1][0] || pair[0][1] - pair[1][1] <= 1)";
    static final String ONE_MINOR_MESSAGE =
            "version goes up one minor at a time: set the next minor first, and the one after it when that is done";

    private VersionRules() {}
}
