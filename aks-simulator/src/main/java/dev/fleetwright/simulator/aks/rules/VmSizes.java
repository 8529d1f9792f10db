package dev.fleetwright.simulator.aks.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The machine sizes that exist here, generated from one row per published family. */
public final class VmSizes {
    /**
     * What a size gives.
     *
     * @param family the quota family that its vCPUs count against
     * @param arm64 true for Arm processors
     */
    public record VmSize(String name, String family, int vcpus, int memoryMiB, boolean arm64) {
        boolean burstable() {
            return family.startsWith("standardB");
        }
    }

    private record Family(String pattern, String quota, double gibPerVcpu, List<Integer> vcpus) {}

    private static final List<Integer> SMALL = List.of(2, 4, 8, 16, 32, 48, 64);
    private static final List<Integer> LARGE = List.of(2, 4, 8, 16, 32, 48, 64, 96);
    private static final List<Integer> MEMORY = List.of(2, 4, 8, 16, 20, 32, 48, 64, 96);

    private static final List<Family> FAMILIES = List.of(
            new Family("Standard_D%ds_v3", "standardDSv3Family", 4, SMALL),
            new Family("Standard_D%d_v3", "standardDv3Family", 4, SMALL),
            new Family("Standard_D%ds_v4", "standardDSv4Family", 4, SMALL),
            new Family("Standard_D%dds_v4", "standardDDSv4Family", 4, SMALL),
            new Family("Standard_D%das_v4", "standardDASv4Family", 4, LARGE),
            new Family("Standard_D%ds_v5", "standardDSv5Family", 4, LARGE),
            new Family("Standard_D%d_v5", "standardDv5Family", 4, LARGE),
            new Family("Standard_D%dds_v5", "standardDDSv5Family", 4, LARGE),
            new Family("Standard_D%das_v5", "standardDASv5Family", 4, LARGE),
            new Family("Standard_D%dads_v5", "standardDADSv5Family", 4, LARGE),
            new Family("Standard_D%dps_v5", "standardDPSv5Family", 4, SMALL),
            new Family("Standard_D%dpds_v5", "standardDPDSv5Family", 4, SMALL),
            new Family("Standard_D%ds_v6", "standardDSv6Family", 4, LARGE),
            new Family("Standard_D%dds_v6", "standardDDSv6Family", 4, LARGE),
            new Family("Standard_E%ds_v3", "standardESv3Family", 8, List.of(2, 4, 8, 16, 20, 32, 48, 64)),
            new Family("Standard_E%ds_v4", "standardESv4Family", 8, List.of(2, 4, 8, 16, 20, 32, 48, 64)),
            new Family("Standard_E%ds_v5", "standardESv5Family", 8, MEMORY),
            new Family("Standard_E%dds_v5", "standardEDSv5Family", 8, MEMORY),
            new Family("Standard_E%das_v5", "standardEASv5Family", 8, MEMORY),
            new Family("Standard_E%dps_v5", "standardEPSv5Family", 8, List.of(2, 4, 8, 16, 20, 32)),
            new Family("Standard_F%ds_v2", "standardFSv2Family", 2, List.of(2, 4, 8, 16, 32, 48, 64, 72)),
            new Family("Standard_B%dms", "standardBSFamily", 4, List.of(2, 4, 8, 12, 16, 20)),
            new Family("Standard_B%ds", "standardBSFamily", 2, List.of(2, 4)),
            new Family("Standard_B%ds_v2", "standardBsv2Family", 4, List.of(2, 4, 8, 16, 32)));

    private final Map<String, VmSize> byName = new LinkedHashMap<>();

    public VmSizes() {
        for (Family family : FAMILIES) {
            for (int vcpus : family.vcpus()) {
                String name = String.format(Locale.ROOT, family.pattern(), vcpus);
                boolean arm64 = family.quota().contains("DP") || family.quota().contains("EP");
                byName.put(
                        name.toLowerCase(Locale.ROOT),
                        new VmSize(name, family.quota(), vcpus, (int) (vcpus * family.gibPerVcpu() * 1024), arm64));
            }
        }
    }

    public Optional<VmSize> find(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    /** A size that a validated pool refers to. */
    public VmSize require(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("unknown VM size " + name));
    }
}
