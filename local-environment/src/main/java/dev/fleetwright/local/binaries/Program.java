package dev.fleetwright.local.binaries;

/** One program of a control plane, and the Go module and package it is built from. */
public enum Program {
    ETCD("etcd", "etcd", "go.etcd.io/etcd/server/v3"),
    KUBE_APISERVER("kube-apiserver", "kubernetes", "k8s.io/kubernetes/cmd/kube-apiserver"),
    KUBE_CONTROLLER_MANAGER("kube-controller-manager", "kubernetes", "k8s.io/kubernetes/cmd/kube-controller-manager"),
    KUBE_SCHEDULER("kube-scheduler", "kubernetes", "k8s.io/kubernetes/cmd/kube-scheduler"),
    KUBECTL("kubectl", "kubernetes", "k8s.io/kubernetes/cmd/kubectl"),
    /** Plays the kubelet of nodes that do not exist. Folders of other people's binaries seldom hold it. */
    KWOK("kwok", "kwok", "sigs.k8s.io/kwok/cmd/kwok");

    private final String fileName;
    private final String module;
    private final String goPackage;

    Program(String fileName, String module, String goPackage) {
        this.fileName = fileName;
        this.module = module;
        this.goPackage = goPackage;
    }

    public String fileName() {
        return fileName;
    }

    /** The folder under {@code binaries/} whose go.mod pins this program. */
    String module() {
        return module;
    }

    String goPackage() {
        return goPackage;
    }
}
