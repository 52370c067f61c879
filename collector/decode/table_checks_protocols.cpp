// SPDX-License-Identifier: GPL-3.0-or-later
// The same as table_checks.cpp for what MPTCP, SCTP and DCCP tell of themselves.
#include "collector/decode/inet_attributes.h"
#include "collector/decode/table_check.h"

#include <linux/mptcp.h>
#include <linux/sctp.h>
#include <linux/tcp.h>

namespace socktree::table {

namespace {

SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, tag);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, state);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, rwnd);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, unackdata);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, penddata);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, instrms);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, outstrms);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, fragmentation_point);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, inqueue);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, outqueue);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, overall_error);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, max_burst);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, maxseg);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, peer_rwnd);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, peer_tag);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, peer_capable);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, peer_sack);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, isacks);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, osacks);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, opackets);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, ipackets);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, rtxchunks);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, outofseqtsns);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, idupchunks);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, gapcnt);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, ouodchunks);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, iuodchunks);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, oodchunks);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, iodchunks);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, octrlchunks);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, ictrlchunks);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, p_address);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, p_state);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, p_cwnd);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, p_srtt);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, p_rto);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, p_hbinterval);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, p_pathmaxrxt);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, p_sackdelay);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, p_sackfreq);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, p_ssthresh);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, p_partial_bytes_acked);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, p_flight_size);
SOCKTREE_SAME(sctpAssociationInfoFields, sctp_info, sctpi_, p_error);
SOCKTREE_SAME(sctpEndpointInfoFields, sctp_info, sctpi_, s_autoclose);
SOCKTREE_SAME(sctpEndpointInfoFields, sctp_info, sctpi_, s_adaptation_ind);
SOCKTREE_SAME(sctpEndpointInfoFields, sctp_info, sctpi_, s_pd_point);
SOCKTREE_SAME(sctpEndpointInfoFields, sctp_info, sctpi_, s_nodelay);
SOCKTREE_SAME(sctpEndpointInfoFields, sctp_info, sctpi_, s_disable_fragments);
SOCKTREE_SAME(sctpEndpointInfoFields, sctp_info, sctpi_, s_v4mapped);
SOCKTREE_SAME(sctpEndpointInfoFields, sctp_info, sctpi_, s_frag_interleave);
SOCKTREE_SAME(sctpEndpointInfoFields, sctp_info, sctpi_, s_type);
SOCKTREE_SAME(mptcpInfoFields, mptcp_info, mptcpi_, subflows);
SOCKTREE_SAME(mptcpInfoFields, mptcp_info, mptcpi_, add_addr_signal);
SOCKTREE_SAME(mptcpInfoFields, mptcp_info, mptcpi_, add_addr_accepted);
SOCKTREE_SAME(mptcpInfoFields, mptcp_info, mptcpi_, subflows_max);
SOCKTREE_SAME(mptcpInfoFields, mptcp_info, mptcpi_, add_addr_signal_max);
SOCKTREE_SAME(mptcpInfoFields, mptcp_info, mptcpi_, add_addr_accepted_max);
SOCKTREE_SAME(mptcpInfoFields, mptcp_info, mptcpi_, flags);
SOCKTREE_SAME(mptcpInfoFields, mptcp_info, mptcpi_, token);
SOCKTREE_SAME(mptcpInfoFields, mptcp_info, mptcpi_, write_seq);
SOCKTREE_SAME(mptcpInfoFields, mptcp_info, mptcpi_, snd_una);
SOCKTREE_SAME(mptcpInfoFields, mptcp_info, mptcpi_, rcv_nxt);
SOCKTREE_SAME(mptcpInfoFields, mptcp_info, mptcpi_, local_addr_used);
SOCKTREE_SAME(mptcpInfoFields, mptcp_info, mptcpi_, local_addr_max);
SOCKTREE_SAME(mptcpInfoFields, mptcp_info, mptcpi_, csum_enabled);
SOCKTREE_SAME(dccpInfoFields, tcp_info, tcpi_, state);
SOCKTREE_SAME(dccpInfoFields, tcp_info, tcpi_, ca_state);
SOCKTREE_SAME(dccpInfoFields, tcp_info, tcpi_, retransmits);
SOCKTREE_SAME(dccpInfoFields, tcp_info, tcpi_, probes);
SOCKTREE_SAME(dccpInfoFields, tcp_info, tcpi_, backoff);
SOCKTREE_SAME(dccpInfoFields, tcp_info, tcpi_, options);
SOCKTREE_SAME(dccpInfoFields, tcp_info, tcpi_, rto);
SOCKTREE_SAME(dccpInfoFields, tcp_info, tcpi_, pmtu);
SOCKTREE_SAME(dccpInfoFields, tcp_info, tcpi_, rtt);
SOCKTREE_SAME(dccpInfoFields, tcp_info, tcpi_, rcv_rtt);
static_assert(sctpInfoSize == sizeof(sctp_info));
static_assert(isNamed(mptcpInfoFlags, "fallback", MPTCP_INFO_FLAG_FALLBACK)
    && isNamed(mptcpInfoFlags, "remote-key-received", MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED));
static_assert(isNamed(sctpPathStates, "inactive", SCTP_INACTIVE)
    && isNamed(sctpPathStates, "potentially-failed", SCTP_PF) && isNamed(sctpPathStates, "active", SCTP_ACTIVE)
    && isNamed(sctpPathStates, "unconfirmed", SCTP_UNCONFIRMED));

} // namespace

} // namespace socktree::table
