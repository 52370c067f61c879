// SPDX-License-Identifier: GPL-3.0-or-later
// The same as table_checks.cpp for the families that are neither internet nor UNIX.
#include "collector/decode/netlink_attributes.h"
#include "collector/decode/packet_attributes.h"
#include "collector/decode/smc_attributes.h"
#include "collector/decode/table_check.h"
#include "collector/decode/tipc_attributes.h"
#include "collector/decode/vsock_fields.h"
#include "collector/decode/xdp_attributes.h"

#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/net_tstamp.h>
#include <linux/netlink.h>
#include <linux/netlink_diag.h>
#include <linux/packet_diag.h>
#include <linux/smc_diag.h>
#include <linux/tipc_netlink.h>
#include <linux/vm_sockets.h>
#include <linux/vm_sockets_diag.h>
#include <linux/xdp_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace socktree::table {

namespace {

SOCKTREE_SAME(packetFixedFields, packet_diag_msg, pdiag_, type);
SOCKTREE_SAME(packetFixedFields, packet_diag_msg, pdiag_, num);
SOCKTREE_SAME(packetFixedFields, packet_diag_msg, pdiag_, ino);
SOCKTREE_SAME(packetInfoFields, packet_diag_info, pdi_, index);
SOCKTREE_SAME(packetInfoFields, packet_diag_info, pdi_, version);
SOCKTREE_SAME(packetInfoFields, packet_diag_info, pdi_, reserve);
SOCKTREE_SAME(packetInfoFields, packet_diag_info, pdi_, copy_thresh);
SOCKTREE_SAME(packetInfoFields, packet_diag_info, pdi_, tstamp);
SOCKTREE_SAME(packetInfoFields, packet_diag_info, pdi_, flags);
SOCKTREE_SAME(membershipFields, packet_diag_mclist, pdmc_, index);
SOCKTREE_SAME(membershipFields, packet_diag_mclist, pdmc_, count);
SOCKTREE_SAME(membershipFields, packet_diag_mclist, pdmc_, type);
SOCKTREE_SAME(membershipFields, packet_diag_mclist, pdmc_, alen);
SOCKTREE_SAME(membershipFields, packet_diag_mclist, pdmc_, addr);
SOCKTREE_SAME(packetRxRing, packet_diag_ring, pdr_, block_size);
SOCKTREE_SAME(packetRxRing, packet_diag_ring, pdr_, block_nr);
SOCKTREE_SAME(packetRxRing, packet_diag_ring, pdr_, frame_size);
SOCKTREE_SAME(packetRxRing, packet_diag_ring, pdr_, frame_nr);
SOCKTREE_SAME(packetRxRing, packet_diag_ring, pdr_, retire_tmo);
SOCKTREE_SAME(packetRxRing, packet_diag_ring, pdr_, sizeof_priv);
SOCKTREE_SAME(packetRxRing, packet_diag_ring, pdr_, features);
SOCKTREE_SAME(packetTxRing, packet_diag_ring, pdr_, block_size);
SOCKTREE_SAME(packetTxRing, packet_diag_ring, pdr_, block_nr);
SOCKTREE_SAME(packetTxRing, packet_diag_ring, pdr_, frame_size);
SOCKTREE_SAME(packetTxRing, packet_diag_ring, pdr_, frame_nr);
SOCKTREE_SAME(packetTxRing, packet_diag_ring, pdr_, retire_tmo);
SOCKTREE_SAME(packetTxRing, packet_diag_ring, pdr_, sizeof_priv);
SOCKTREE_SAME(packetTxRing, packet_diag_ring, pdr_, features);
SOCKTREE_SAME(netlinkFixedFields, netlink_diag_msg, ndiag_, type);
SOCKTREE_SAME(netlinkFixedFields, netlink_diag_msg, ndiag_, protocol);
SOCKTREE_SAME(netlinkFixedFields, netlink_diag_msg, ndiag_, state);
SOCKTREE_SAME(netlinkFixedFields, netlink_diag_msg, ndiag_, portid);
SOCKTREE_SAME(netlinkFixedFields, netlink_diag_msg, ndiag_, dst_portid);
SOCKTREE_SAME(netlinkFixedFields, netlink_diag_msg, ndiag_, dst_group);
SOCKTREE_SAME(netlinkFixedFields, netlink_diag_msg, ndiag_, ino);
SOCKTREE_SAME(netlinkRxRing, netlink_diag_ring, ndr_, block_size);
SOCKTREE_SAME(netlinkRxRing, netlink_diag_ring, ndr_, block_nr);
SOCKTREE_SAME(netlinkRxRing, netlink_diag_ring, ndr_, frame_size);
SOCKTREE_SAME(netlinkRxRing, netlink_diag_ring, ndr_, frame_nr);
SOCKTREE_SAME(netlinkTxRing, netlink_diag_ring, ndr_, block_size);
SOCKTREE_SAME(netlinkTxRing, netlink_diag_ring, ndr_, block_nr);
SOCKTREE_SAME(netlinkTxRing, netlink_diag_ring, ndr_, frame_size);
SOCKTREE_SAME(netlinkTxRing, netlink_diag_ring, ndr_, frame_nr);
SOCKTREE_SAME(vsockFixedFields, vsock_diag_msg, vdiag_, type);
SOCKTREE_SAME(vsockFixedFields, vsock_diag_msg, vdiag_, state);
SOCKTREE_SAME(vsockFixedFields, vsock_diag_msg, vdiag_, shutdown);
SOCKTREE_SAME(vsockFixedFields, vsock_diag_msg, vdiag_, src_cid);
SOCKTREE_SAME(vsockFixedFields, vsock_diag_msg, vdiag_, src_port);
SOCKTREE_SAME(vsockFixedFields, vsock_diag_msg, vdiag_, dst_cid);
SOCKTREE_SAME(vsockFixedFields, vsock_diag_msg, vdiag_, dst_port);
SOCKTREE_SAME(vsockFixedFields, vsock_diag_msg, vdiag_, ino);
SOCKTREE_SAME(xdpFixedFields, xdp_diag_msg, xdiag_, type);
SOCKTREE_SAME(xdpFixedFields, xdp_diag_msg, xdiag_, ino);

SOCKTREE_SAME(filterFields, sock_filter, , code);
SOCKTREE_SAME(filterFields, sock_filter, , jt);
SOCKTREE_SAME(filterFields, sock_filter, , jf);
SOCKTREE_SAME(filterFields, sock_filter, , k);
SOCKTREE_SAME(xdpInfoFields, xdp_diag_info, , ifindex);
SOCKTREE_SAME(xdpInfoFields, xdp_diag_info, , queue_id);
SOCKTREE_SAME(xdpRxRing, xdp_diag_ring, , entries);
SOCKTREE_SAME(xdpTxRing, xdp_diag_ring, , entries);
SOCKTREE_SAME(xdpFillRing, xdp_diag_ring, , entries);
SOCKTREE_SAME(xdpCompletionRing, xdp_diag_ring, , entries);
SOCKTREE_SAME(umemFields, xdp_diag_umem, , size);
SOCKTREE_SAME(umemFields, xdp_diag_umem, , id);
SOCKTREE_SAME(umemFields, xdp_diag_umem, , num_pages);
SOCKTREE_SAME(umemFields, xdp_diag_umem, , chunk_size);
SOCKTREE_SAME(umemFields, xdp_diag_umem, , headroom);
SOCKTREE_SAME(umemFields, xdp_diag_umem, , ifindex);
SOCKTREE_SAME(umemFields, xdp_diag_umem, , queue_id);
SOCKTREE_SAME(umemFields, xdp_diag_umem, , flags);
SOCKTREE_SAME(umemFields, xdp_diag_umem, , refs);
SOCKTREE_SAME(xdpStatsFields, xdp_diag_stats, , n_rx_dropped);
SOCKTREE_SAME(xdpStatsFields, xdp_diag_stats, , n_rx_invalid);
SOCKTREE_SAME(xdpStatsFields, xdp_diag_stats, , n_rx_full);
SOCKTREE_SAME(xdpStatsFields, xdp_diag_stats, , n_fill_ring_empty);
SOCKTREE_SAME(xdpStatsFields, xdp_diag_stats, , n_tx_invalid);
SOCKTREE_SAME(xdpStatsFields, xdp_diag_stats, , n_tx_ring_empty);
SOCKTREE_SAME(smcFixedFields, smc_diag_msg, diag_, state);
SOCKTREE_SAME(smcFixedFields, smc_diag_msg, diag_, mode);
SOCKTREE_SAME(smcFixedFields, smc_diag_msg, diag_, shutdown);
SOCKTREE_SAME(smcFixedFields, smc_diag_msg, diag_, uid);
SOCKTREE_SAME(smcFixedFields, smc_diag_msg, diag_, inode);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , token);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , sndbuf_size);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , rmbe_size);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , peer_rmbe_size);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , rx_prod.wrap);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , rx_prod.count);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , rx_cons.wrap);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , rx_cons.count);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , tx_prod.wrap);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , tx_prod.count);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , tx_cons.wrap);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , tx_cons.count);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , tx_prep.wrap);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , tx_prep.count);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , tx_sent.wrap);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , tx_sent.count);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , tx_fin.wrap);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , tx_fin.count);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , rx_prod_flags);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , rx_conn_state_flags);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , tx_prod_flags);
SOCKTREE_SAME(smcConnFields, smc_diag_conninfo, , tx_conn_state_flags);
SOCKTREE_SAME(smcLinkGroupFields, smc_diag_linkinfo, , link_id);
SOCKTREE_SAME(smcLinkGroupFields, smc_diag_linkinfo, , ibname);
SOCKTREE_SAME(smcLinkGroupFields, smc_diag_linkinfo, , ibport);
SOCKTREE_SAME(smcLinkGroupFields, smc_diag_linkinfo, , gid);
SOCKTREE_SAME(smcLinkGroupFields, smc_diag_linkinfo, , peer_gid);
SOCKTREE_SAME(smcLinkGroupFields, smc_diag_lgrinfo, , role);
SOCKTREE_SAME(smcDmbFields, smcd_diag_dmbinfo, , linkid);
SOCKTREE_SAME(smcDmbFields, smcd_diag_dmbinfo, , peer_gid);
SOCKTREE_SAME(smcDmbFields, smcd_diag_dmbinfo, , my_gid);
SOCKTREE_SAME(smcDmbFields, smcd_diag_dmbinfo, , token);
SOCKTREE_SAME(smcDmbFields, smcd_diag_dmbinfo, , peer_token);
SOCKTREE_SAME(smcFallbackFields, smc_diag_fallback, , reason);
SOCKTREE_SAME(smcFallbackFields, smc_diag_fallback, , peer_diagnosis);

static_assert(packetFixedSize == sizeof(packet_diag_msg) && offsetof(packet_diag_msg, pdiag_cookie) == 8);
static_assert(netlinkFixedSize == sizeof(netlink_diag_msg) && offsetof(netlink_diag_msg, ndiag_cookie) == 20);
static_assert(vsockFixedSize == sizeof(vsock_diag_msg) && offsetof(vsock_diag_msg, vdiag_cookie) == 24);
static_assert(xdpFixedSize == sizeof(xdp_diag_msg) && offsetof(xdp_diag_msg, xdiag_cookie) == 8);
static_assert(smcFixedSize == sizeof(smc_diag_msg) && offsetof(smc_diag_msg, id) == 4);
static_assert(sizeof(packet_diag_mclist) == 44 && sizeof(sock_filter) == 8);
static_assert(offsetof(sockaddr_in6, sin6_scope_id) == 24 && offsetof(sockaddr_in6, sin6_addr) == 8
    && offsetof(sockaddr_in, sin_addr) == 4 && offsetof(sockaddr_in, sin_port) == 2);

SOCKTREE_NUMBER(packetAttributes, PACKET_DIAG_INFO);
SOCKTREE_NUMBER(packetAttributes, PACKET_DIAG_MCLIST);
SOCKTREE_NUMBER(packetAttributes, PACKET_DIAG_RX_RING);
SOCKTREE_NUMBER(packetAttributes, PACKET_DIAG_TX_RING);
SOCKTREE_NUMBER(packetAttributes, PACKET_DIAG_FANOUT);
SOCKTREE_NUMBER(packetAttributes, PACKET_DIAG_UID);
SOCKTREE_NUMBER(packetAttributes, PACKET_DIAG_MEMINFO);
SOCKTREE_NUMBER(packetAttributes, PACKET_DIAG_FILTER);
SOCKTREE_NUMBER(netlinkAttributes, NETLINK_DIAG_MEMINFO);
SOCKTREE_NUMBER(netlinkAttributes, NETLINK_DIAG_GROUPS);
SOCKTREE_NUMBER(netlinkAttributes, NETLINK_DIAG_RX_RING);
SOCKTREE_NUMBER(netlinkAttributes, NETLINK_DIAG_TX_RING);
SOCKTREE_NUMBER(netlinkAttributes, NETLINK_DIAG_FLAGS);
SOCKTREE_NUMBER(xdpAttributes, XDP_DIAG_INFO);
SOCKTREE_NUMBER(xdpAttributes, XDP_DIAG_UID);
SOCKTREE_NUMBER(xdpAttributes, XDP_DIAG_RX_RING);
SOCKTREE_NUMBER(xdpAttributes, XDP_DIAG_TX_RING);
SOCKTREE_NUMBER(xdpAttributes, XDP_DIAG_UMEM);
SOCKTREE_NUMBER(xdpAttributes, XDP_DIAG_UMEM_FILL_RING);
SOCKTREE_NUMBER(xdpAttributes, XDP_DIAG_UMEM_COMPLETION_RING);
SOCKTREE_NUMBER(xdpAttributes, XDP_DIAG_MEMINFO);
SOCKTREE_NUMBER(xdpAttributes, XDP_DIAG_STATS);
SOCKTREE_NUMBER(smcAttributes, SMC_DIAG_CONNINFO);
SOCKTREE_NUMBER(smcAttributes, SMC_DIAG_LGRINFO);
SOCKTREE_NUMBER(smcAttributes, SMC_DIAG_SHUTDOWN);
SOCKTREE_NUMBER(smcAttributes, SMC_DIAG_DMBINFO);
SOCKTREE_NUMBER(smcAttributes, SMC_DIAG_FALLBACK);
SOCKTREE_NUMBER(tipcAttributes, TIPC_NLA_SOCK);
SOCKTREE_NUMBER(tipcSockAttributes, TIPC_NLA_SOCK_ADDR);
SOCKTREE_NUMBER(tipcSockAttributes, TIPC_NLA_SOCK_REF);
SOCKTREE_NUMBER(tipcSockAttributes, TIPC_NLA_SOCK_CON);
SOCKTREE_NUMBER(tipcSockAttributes, TIPC_NLA_SOCK_HAS_PUBL);
SOCKTREE_NUMBER(tipcSockAttributes, TIPC_NLA_SOCK_STAT);
SOCKTREE_NUMBER(tipcSockAttributes, TIPC_NLA_SOCK_TYPE);
SOCKTREE_NUMBER(tipcSockAttributes, TIPC_NLA_SOCK_INO);
SOCKTREE_NUMBER(tipcSockAttributes, TIPC_NLA_SOCK_UID);
SOCKTREE_NUMBER(tipcSockAttributes, TIPC_NLA_SOCK_TIPC_STATE);
SOCKTREE_NUMBER(tipcSockAttributes, TIPC_NLA_SOCK_COOKIE);
SOCKTREE_NUMBER(tipcSockAttributes, TIPC_NLA_SOCK_PAD);
SOCKTREE_NUMBER(tipcSockAttributes, TIPC_NLA_SOCK_GROUP);
SOCKTREE_NUMBER(tipcConAttributes, TIPC_NLA_CON_FLAG);
SOCKTREE_NUMBER(tipcConAttributes, TIPC_NLA_CON_NODE);
SOCKTREE_NUMBER(tipcConAttributes, TIPC_NLA_CON_SOCK);
SOCKTREE_NUMBER(tipcConAttributes, TIPC_NLA_CON_TYPE);
SOCKTREE_NUMBER(tipcConAttributes, TIPC_NLA_CON_INST);
SOCKTREE_NUMBER(tipcStatAttributes, TIPC_NLA_SOCK_STAT_RCVQ);
SOCKTREE_NUMBER(tipcStatAttributes, TIPC_NLA_SOCK_STAT_SENDQ);
SOCKTREE_NUMBER(tipcStatAttributes, TIPC_NLA_SOCK_STAT_LINK_CONG);
SOCKTREE_NUMBER(tipcStatAttributes, TIPC_NLA_SOCK_STAT_CONN_CONG);
SOCKTREE_NUMBER(tipcStatAttributes, TIPC_NLA_SOCK_STAT_DROP);
SOCKTREE_NUMBER(tipcGroupAttributes, TIPC_NLA_SOCK_GROUP_ID);
SOCKTREE_NUMBER(tipcGroupAttributes, TIPC_NLA_SOCK_GROUP_OPEN);
SOCKTREE_NUMBER(tipcGroupAttributes, TIPC_NLA_SOCK_GROUP_NODE_SCOPE);
SOCKTREE_NUMBER(tipcGroupAttributes, TIPC_NLA_SOCK_GROUP_CLUSTER_SCOPE);
SOCKTREE_NUMBER(tipcGroupAttributes, TIPC_NLA_SOCK_GROUP_INSTANCE);
SOCKTREE_NUMBER(tipcGroupAttributes, TIPC_NLA_SOCK_GROUP_BC_SEND_NEXT);

static_assert(isNamed(packetFlags, "running", PDI_RUNNING) && isNamed(packetFlags, "auxdata", PDI_AUXDATA)
    && isNamed(packetFlags, "origdev", PDI_ORIGDEV) && isNamed(packetFlags, "vnet-hdr", PDI_VNETHDR)
    && isNamed(packetFlags, "loss", PDI_LOSS));
static_assert(isNamed(ringVersions, "tpacket-v1", TPACKET_V1) && isNamed(ringVersions, "tpacket-v2", TPACKET_V2)
    && isNamed(ringVersions, "tpacket-v3", TPACKET_V3));
static_assert(isNamed(membershipTypes, "multicast", PACKET_MR_MULTICAST)
    && isNamed(membershipTypes, "promisc", PACKET_MR_PROMISC)
    && isNamed(membershipTypes, "allmulti", PACKET_MR_ALLMULTI)
    && isNamed(membershipTypes, "unicast", PACKET_MR_UNICAST));
static_assert(isNamed(fanoutTypes, "hash", PACKET_FANOUT_HASH) && isNamed(fanoutTypes, "lb", PACKET_FANOUT_LB)
    && isNamed(fanoutTypes, "cpu", PACKET_FANOUT_CPU) && isNamed(fanoutTypes, "rollover", PACKET_FANOUT_ROLLOVER)
    && isNamed(fanoutTypes, "random", PACKET_FANOUT_RND) && isNamed(fanoutTypes, "qm", PACKET_FANOUT_QM)
    && isNamed(fanoutTypes, "cbpf", PACKET_FANOUT_CBPF) && isNamed(fanoutTypes, "ebpf", PACKET_FANOUT_EBPF));
static_assert(isNamed(etherTypes, "all", ETH_P_ALL) && isNamed(etherTypes, "ip", ETH_P_IP)
    && isNamed(etherTypes, "arp", ETH_P_ARP) && isNamed(etherTypes, "vlan", ETH_P_8021Q)
    && isNamed(etherTypes, "ipv6", ETH_P_IPV6) && isNamed(etherTypes, "pppoe-discovery", ETH_P_PPP_DISC)
    && isNamed(etherTypes, "pppoe-session", ETH_P_PPP_SES) && isNamed(etherTypes, "eapol", ETH_P_PAE)
    && isNamed(etherTypes, "lldp", ETH_P_LLDP));
static_assert(isNamed(timestampFlags, "tx-hardware", SOF_TIMESTAMPING_TX_HARDWARE)
    && isNamed(timestampFlags, "tx-software", SOF_TIMESTAMPING_TX_SOFTWARE)
    && isNamed(timestampFlags, "rx-hardware", SOF_TIMESTAMPING_RX_HARDWARE)
    && isNamed(timestampFlags, "rx-software", SOF_TIMESTAMPING_RX_SOFTWARE)
    && isNamed(timestampFlags, "software", SOF_TIMESTAMPING_SOFTWARE)
    && isNamed(timestampFlags, "system-hardware", SOF_TIMESTAMPING_SYS_HARDWARE)
    && isNamed(timestampFlags, "raw-hardware", SOF_TIMESTAMPING_RAW_HARDWARE));
static_assert(isNamed(netlinkFlags, "cb-running", NDIAG_FLAG_CB_RUNNING)
    && isNamed(netlinkFlags, "pktinfo", NDIAG_FLAG_PKTINFO)
    && isNamed(netlinkFlags, "broadcast-error", NDIAG_FLAG_BROADCAST_ERROR)
    && isNamed(netlinkFlags, "no-enobufs", NDIAG_FLAG_NO_ENOBUFS)
    && isNamed(netlinkFlags, "listen-all-nsid", NDIAG_FLAG_LISTEN_ALL_NSID)
    && isNamed(netlinkFlags, "cap-ack", NDIAG_FLAG_CAP_ACK));
static_assert(isNamed(netlinkProtocols, "route", NETLINK_ROUTE) && isNamed(netlinkProtocols, "xfrm", NETLINK_XFRM)
    && isNamed(netlinkProtocols, "audit", NETLINK_AUDIT) && isNamed(netlinkProtocols, "connector", NETLINK_CONNECTOR)
    && isNamed(netlinkProtocols, "netfilter", NETLINK_NETFILTER)
    && isNamed(netlinkProtocols, "kobject-uevent", NETLINK_KOBJECT_UEVENT)
    && isNamed(netlinkProtocols, "generic", NETLINK_GENERIC) && isNamed(netlinkProtocols, "rdma", NETLINK_RDMA)
    && isNamed(netlinkProtocols, "crypto", NETLINK_CRYPTO) && isNamed(netlinkProtocols, "smc", NETLINK_SMC));
static_assert(isNamed(vsockCids, "hypervisor", VMADDR_CID_HYPERVISOR) && isNamed(vsockCids, "local", VMADDR_CID_LOCAL)
    && isNamed(vsockCids, "host", VMADDR_CID_HOST));
static_assert(isNamed(smcModes, "smc-r", SMC_DIAG_MODE_SMCR)
    && isNamed(smcModes, "fallback-tcp", SMC_DIAG_MODE_FALLBACK_TCP) && isNamed(smcModes, "smc-d", SMC_DIAG_MODE_SMCD));
static_assert(isNamed(umemFlags, "zerocopy", XDP_DU_F_ZEROCOPY));
static_assert(isNamed(socketTypes, "raw", SOCK_RAW) && isNamed(socketTypes, "rdm", SOCK_RDM)
    && isNamed(socketTypes, "packet", SOCK_PACKET));

} // namespace

} // namespace socktree::table
