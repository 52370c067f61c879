// SPDX-License-Identifier: GPL-3.0-or-later
// What an upper layer protocol on a TCP socket (TLS in the kernel, MPTCP) tells: the nest in ULP_INFO.
#pragma once

#include "collector/decode/table.h"

namespace socktree::table {

inline constexpr ValueName tlsVersions[] = {{0x0303, "1.2"}, {0x0304, "1.3"}};
inline constexpr ValueName tlsCiphers[] = {
    {51, "aes-gcm-128"},
    {52, "aes-gcm-256"},
    {53, "aes-ccm-128"},
    {54, "chacha20-poly1305"},
    {55, "sm4-gcm"},
    {56, "sm4-ccm"},
    {57, "aria-gcm-128"},
    {58, "aria-gcm-256"},
};
inline constexpr ValueName tlsModes[] = {{1, "base"}, {2, "software"}, {3, "hardware"}, {4, "hardware-record"}};
inline constexpr ValueName subflowFlags[] = {
    {0x001, "mp-capable-remote"},
    {0x002, "mp-capable-local"},
    {0x004, "join-remote"},
    {0x008, "join-local"},
    {0x010, "backup-remote"},
    {0x020, "backup-local"},
    {0x040, "fully-established"},
    {0x080, "connected"},
    {0x100, "map-valid"},
};

// clang-format off
inline constexpr Field tlsVersion[] = {oneOf(tlsVersions, {"tls.version", "version", 0, U16, Hex, Setting,
    "version of TLS", "5.4"})};
inline constexpr Field tlsCipher[] = {oneOf(tlsCiphers, {"tls.cipher", "cipher", 0, U16, None, Setting,
    "cipher that data is encrypted with", "5.4"})};
inline constexpr Field tlsTxConf[] = {oneOf(tlsModes, {"tls.txconf", "txconf", 0, U16, None, Setting,
    "who encrypts what we send", "5.4"})};
inline constexpr Field tlsRxConf[] = {oneOf(tlsModes, {"tls.rxconf", "rxconf", 0, U16, None, Setting,
    "who decrypts what we receive", "5.4"})};
inline constexpr Field tlsTxMaxPayload[] = {{"tls.tx-max-payload-len", "tx_max_payload_len", 0, U16, Octets, Setting,
    "most data in one record that we send", "6.19"}};

inline constexpr Attribute tlsAttributes[] = {
    {1, "tls.version", "TLS_INFO_VERSION", "version of TLS; absent until keys are set", "5.4", Privilege::None,
        Payload::Struct, tlsVersion},
    {2, "tls.cipher", "TLS_INFO_CIPHER", "cipher that data is encrypted with", "5.4", Privilege::None,
        Payload::Struct, tlsCipher},
    {3, "tls.txconf", "TLS_INFO_TXCONF", "who encrypts what we send", "5.4", Privilege::None,
        Payload::Struct, tlsTxConf},
    {4, "tls.rxconf", "TLS_INFO_RXCONF", "who decrypts what we receive", "5.4", Privilege::None,
        Payload::Struct, tlsRxConf},
    {5, "tls.zc-ro-tx", "TLS_INFO_ZC_RO_TX", "sendfile sends without copying", "5.19", Privilege::None, Payload::Flag},
    {6, "tls.rx-no-pad", "TLS_INFO_RX_NO_PAD", "records are expected to come without padding", "6.0",
        Privilege::None, Payload::Flag},
    {7, "tls.tx-max-payload-len", "TLS_INFO_TX_MAX_PAYLOAD_LEN", "most data in one record that we send", "6.19",
        Privilege::None, Payload::Struct, tlsTxMaxPayload},
};

inline constexpr Field mptcpTokenRemote[] = {{"mptcp.token-rem", "token_rem", 0, U32, Hex, Setting,
    "token of the peer's MPTCP connection; 0 on the first subflow", "5.7"}};
inline constexpr Field mptcpTokenLocal[] = {{"mptcp.token-loc", "token_loc", 0, U32, Hex, Setting,
    "token of our MPTCP connection, the same on all its subflows", "5.7"}};
inline constexpr Field mptcpRelWriteSeq[] = {{"mptcp.relwrite-seq", "relwrite_seq", 0, U32, Identifier, Gauge,
    "sequence number of what is written, from the subflow's start", "5.7"}};
inline constexpr Field mptcpMapSeq[] = {{"mptcp.map-seq", "map_seq", 0, U64, Identifier, Gauge,
    "data sequence number of the current mapping", "5.7"}};
inline constexpr Field mptcpMapSubflowSeq[] = {{"mptcp.map-sfseq", "map_sfseq", 0, U32, Identifier, Gauge,
    "subflow sequence number of the current mapping", "5.7"}};
inline constexpr Field mptcpOffset[] = {{"mptcp.ssn-offset", "ssn_offset", 0, U32, Identifier, Gauge,
    "offset between the subflow's numbers and its mapping's", "5.7"}};
inline constexpr Field mptcpMapLength[] = {{"mptcp.map-datalen", "map_datalen", 0, U16, Octets, Gauge,
    "length of the current mapping", "5.7"}};
inline constexpr Field mptcpFlags[] = {anyOf(subflowFlags, {"mptcp.flags", "flags", 0, U32, None, Setting,
    "what this subflow is and how far it got", "5.7"})};
inline constexpr Field mptcpIdRemote[] = {{"mptcp.id-rem", "id_rem", 0, U8, Identifier, Setting,
    "number of the peer's address", "5.7"}};
inline constexpr Field mptcpIdLocal[] = {{"mptcp.id-loc", "id_loc", 0, U8, Identifier, Setting,
    "number of our address", "5.7"}};

/// The sequence numbers went to everyone until Linux 6.12; later kernels want CAP_NET_ADMIN.
inline constexpr Attribute mptcpAttributes[] = {
    {1, "mptcp.token-rem", "MPTCP_SUBFLOW_ATTR_TOKEN_REM", "token of the peer's MPTCP connection", "5.7",
        Privilege::None, Payload::Struct, mptcpTokenRemote},
    {2, "mptcp.token-loc", "MPTCP_SUBFLOW_ATTR_TOKEN_LOC", "token of our MPTCP connection", "5.7",
        Privilege::None, Payload::Struct, mptcpTokenLocal},
    {3, "mptcp.relwrite-seq", "MPTCP_SUBFLOW_ATTR_RELWRITE_SEQ", "sequence number of what is written", "5.7",
        Privilege::NetAdmin, Payload::Struct, mptcpRelWriteSeq},
    {4, "mptcp.map-seq", "MPTCP_SUBFLOW_ATTR_MAP_SEQ", "data sequence number of the current mapping", "5.7",
        Privilege::NetAdmin, Payload::Struct, mptcpMapSeq},
    {5, "mptcp.map-sfseq", "MPTCP_SUBFLOW_ATTR_MAP_SFSEQ", "subflow sequence number of the current mapping", "5.7",
        Privilege::NetAdmin, Payload::Struct, mptcpMapSubflowSeq},
    {6, "mptcp.ssn-offset", "MPTCP_SUBFLOW_ATTR_SSN_OFFSET", "offset between the subflow and its mapping", "5.7",
        Privilege::NetAdmin, Payload::Struct, mptcpOffset},
    {7, "mptcp.map-datalen", "MPTCP_SUBFLOW_ATTR_MAP_DATALEN", "length of the current mapping", "5.7",
        Privilege::NetAdmin, Payload::Struct, mptcpMapLength},
    {8, "mptcp.flags", "MPTCP_SUBFLOW_ATTR_FLAGS", "what this subflow is and how far it got", "5.7",
        Privilege::None, Payload::Struct, mptcpFlags},
    {9, "mptcp.id-rem", "MPTCP_SUBFLOW_ATTR_ID_REM", "number of the peer's address", "5.7",
        Privilege::None, Payload::Struct, mptcpIdRemote},
    {10, "mptcp.id-loc", "MPTCP_SUBFLOW_ATTR_ID_LOC", "number of our address", "5.7",
        Privilege::None, Payload::Struct, mptcpIdLocal},
    {11, "mptcp.pad", "MPTCP_SUBFLOW_ATTR_PAD", "filler for alignment", "5.7", Privilege::None, Payload::Padding},
};

inline constexpr Attribute ulpAttributes[] = {
    {1, "ulp.name", "INET_ULP_INFO_NAME", "name of the upper layer protocol", "5.4", Privilege::None, Payload::Text},
    {2, "ulp.tls", "INET_ULP_INFO_TLS", "TLS in the kernel", "5.4", Privilege::None, Payload::Nest, {}, 0,
        tlsAttributes},
    {3, "ulp.mptcp", "INET_ULP_INFO_MPTCP", "subflow of an MPTCP connection", "5.7", Privilege::None, Payload::Nest,
        {}, 0, mptcpAttributes},
};
// clang-format on

} // namespace socktree::table
