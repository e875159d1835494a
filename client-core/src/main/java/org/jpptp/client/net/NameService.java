package org.jpptp.client.net;

/** What decides on a host where names are looked up. */
public enum NameService {
    /** Which knows servers for each interface, and domains. */
    SYSTEMD_RESOLVED("systemd-resolved", Splitting.BY_DOMAIN),
    /** Which writes the resolver's file itself. */
    NETWORK_MANAGER("NetworkManager", Splitting.NONE),
    /** The same with a local server beside it, which asks others for each domain. */
    NETWORK_MANAGER_DNSMASQ("NetworkManager", Splitting.BY_DOMAIN),
    /** Records of every interface, of which a file is made. */
    RESOLVCONF("resolvconf", Splitting.NONE),
    /** The resolver's file, which nobody else writes. */
    FILE("/etc/resolv.conf", Splitting.NONE),
    /** The same for a network namespace. */
    NAMESPACE_FILE("/etc/netns", Splitting.NONE),
    /** The proxy that leads into a tunnel, which asks for its clients. */
    PROXY("the proxy", Splitting.NONE);

    private final String label;
    private final Splitting splitting;

    /** Whether some names can be looked up elsewhere than the others. */
    public enum Splitting {
        NONE,
        BY_DOMAIN
    }

    NameService(String label, Splitting splitting) {
        this.label = label;
        this.splitting = splitting;
    }

    /** As its users know it. */
    public String label() {
        return label;
    }

    /** Whether it asks servers for the names of some domains only. */
    public Splitting splitting() {
        return splitting;
    }
}
