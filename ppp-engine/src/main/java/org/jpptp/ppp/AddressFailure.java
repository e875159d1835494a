package org.jpptp.ppp;

import java.net.Inet4Address;

/** What ends a link over addresses, or lets it go on without those of IPv6. */
public sealed interface AddressFailure extends PppFailure {
    /** No answer to our IPCP Configure-Requests. */
    record IpcpTimeout(Negotiation seen) implements AddressFailure {
        @Override
        public Cause cause() {
            return Cause.NETWORK_TIMEOUT;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.ipcpTimeout(this);
        }
    }

    /** IPCP was answered, but the two sides never agreed. */
    record IpcpNotConverging(Negotiation seen) implements AddressFailure {
        @Override
        public Cause cause() {
            return Cause.ADDRESSES_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.ipcpNotConverging(this);
        }
    }

    /** The peer leaves us without an address. */
    record AddressesRefused(How how) implements AddressFailure {
        @Override
        public Cause cause() {
            return Cause.ADDRESSES_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.addressesRefused(this);
        }
    }

    /**
     * The peer sent an IPCP Terminate-Request before IPCP was open.
     *
     * @param said the reason in it, escaped; empty for none
     */
    record IpcpRefused(String said) implements AddressFailure {
        @Override
        public Cause cause() {
            return Cause.ADDRESSES_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.ipcpRefused(this);
        }
    }

    /** The server gives us an address that no host can have. */
    record AddressAbsurd(Inet4Address address) implements AddressFailure {
        @Override
        public Cause cause() {
            return Cause.ADDRESSES_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.addressAbsurd(this);
        }
    }

    /** IPv6 is not carried; the link goes on without it. */
    record Ipv6Refused(Ipv6How how) implements AddressFailure {
        @Override
        public Cause cause() {
            return Cause.ADDRESSES_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.ipv6Refused(this);
        }
    }

    /**
     * The peer sent an IPv6CP Terminate-Request; the link goes on without IPv6.
     *
     * @param said the reason in it, escaped; empty for none
     */
    record Ipv6Terminated(String said) implements AddressFailure {
        @Override
        public Cause cause() {
            return Cause.ADDRESSES_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.ipv6Terminated(this);
        }
    }

    /** IPv6CP came to nothing; the link goes on without IPv6. */
    record Ipv6cpNotConverging(Negotiation seen) implements AddressFailure {
        @Override
        public Cause cause() {
            return Cause.ADDRESSES_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.ipv6cpNotConverging(this);
        }
    }

    /** How a peer leaves us without an address. */
    enum How {
        /** With a Protocol-Reject of IPCP. */
        IPCP_REJECTED,
        /** With a Configure-Reject of our request for one. */
        REQUEST_REJECTED,
        /** It agreed, and named none that we could use. */
        NONE_NAMED
    }

    /** How a peer leaves us without IPv6. */
    enum Ipv6How {
        /** It says nothing of IPv6CP. */
        SILENT,
        /** With a Protocol-Reject of IPv6CP. */
        IPV6CP_REJECTED,
        /** With a Configure-Reject of our interface identifier. */
        IDENTIFIER_REJECTED,
        /** It names no interface identifier that differs from ours. */
        NO_IDENTIFIER
    }

    /** One answer for each of them; a new one does not compile until everybody has decided on it. */
    interface Cases<R> {
        R ipcpTimeout(IpcpTimeout failure);

        R ipcpNotConverging(IpcpNotConverging failure);

        R addressesRefused(AddressesRefused failure);

        R ipcpRefused(IpcpRefused failure);

        R addressAbsurd(AddressAbsurd failure);

        R ipv6Refused(Ipv6Refused failure);

        R ipv6Terminated(Ipv6Terminated failure);

        R ipv6cpNotConverging(Ipv6cpNotConverging failure);
    }
}
