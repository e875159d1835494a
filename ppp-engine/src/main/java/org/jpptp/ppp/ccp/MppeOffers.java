package org.jpptp.ppp.ccp;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jpptp.ppp.MppeOffer;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.ConfigOptions;
import org.jpptp.ppp.wire.ControlPacket;

/** What packets of CCP say about encryption, for who only looks on. */
public final class MppeOffers {
    private MppeOffers() {}

    /**
     * What a peer asks for or suggests.
     *
     * @param packet of CCP, from the code field on; its indexes are left alone
     * @return empty for any but a Configure-Request or a Configure-Nak with the option of MPPE and MPPC
     */
    public static Optional<MppeOffer> of(ByteBuf packet) {
        if (ControlPacket.parse(packet) instanceof ControlPacket control
                && (control.code() == ControlPacket.CONFIGURE_REQUEST || control.code() == ControlPacket.CONFIGURE_NAK)
                && ConfigOptions.parse(control.data()) instanceof ConfigOptions.Listed listed) {
            for (ConfigOption option : listed.options()) {
                if (option.type() == MppeOption.TYPE && option.valueLength() == MppeOption.VALUE_OCTETS) {
                    return Optional.of(new MppeOption(option.intValue()).offer());
                }
            }
        }
        return Optional.empty();
    }
}
