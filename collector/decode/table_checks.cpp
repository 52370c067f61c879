// SPDX-License-Identifier: GPL-3.0-or-later
// Compiles only if our tables say what the installed kernel headers say, as far as these know a field. They may be
// older than our tables, never newer in what they agree on.
#include "collector/decode/inet_attributes.h"
#include "collector/decode/table_check.h"
#include "collector/decode/unix_attributes.h"

#include <linux/inet_diag.h>
#include <linux/mptcp.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <linux/tls.h>
#include <linux/unix_diag.h>
#include <sys/socket.h>

namespace socktree::table {

namespace {

SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, state);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, ca_state);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, retransmits);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, probes);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, backoff);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, options);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, rto);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, ato);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, snd_mss);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, rcv_mss);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, unacked);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, sacked);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, lost);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, retrans);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, fackets);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, last_data_sent);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, last_ack_sent);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, last_data_recv);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, last_ack_recv);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, pmtu);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, rcv_ssthresh);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, rtt);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, rttvar);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, snd_ssthresh);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, snd_cwnd);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, advmss);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, reordering);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, rcv_rtt);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, rcv_space);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, total_retrans);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, pacing_rate);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, max_pacing_rate);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, bytes_acked);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, bytes_received);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, segs_out);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, segs_in);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, notsent_bytes);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, min_rtt);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, data_segs_in);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, data_segs_out);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, delivery_rate);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, busy_time);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, rwnd_limited);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, sndbuf_limited);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, delivered);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, delivered_ce);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, bytes_sent);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, bytes_retrans);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, dsack_dups);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, reord_seen);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, rcv_ooopack);
SOCKTREE_SAME(tcpInfoFields, tcp_info, tcpi_, snd_wnd);

SOCKTREE_SAME(inetFixedFields, inet_diag_msg, idiag_, family);
SOCKTREE_SAME(inetFixedFields, inet_diag_msg, idiag_, state);
SOCKTREE_SAME(inetFixedFields, inet_diag_msg, idiag_, timer);
SOCKTREE_SAME(inetFixedFields, inet_diag_msg, idiag_, retrans);
SOCKTREE_SAME(inetFixedFields, inet_diag_msg, idiag_, expires);
SOCKTREE_SAME(inetFixedFields, inet_diag_msg, idiag_, rqueue);
SOCKTREE_SAME(inetFixedFields, inet_diag_msg, idiag_, wqueue);
SOCKTREE_SAME(inetFixedFields, inet_diag_msg, idiag_, uid);
SOCKTREE_SAME(inetFixedFields, inet_diag_msg, idiag_, inode);
static_assert(isAt(inetFixedFields, "sport", offsetof(inet_diag_msg, id.idiag_sport), 2));
static_assert(isAt(inetFixedFields, "dport", offsetof(inet_diag_msg, id.idiag_dport), 2));
static_assert(isAt(inetFixedFields, "if", offsetof(inet_diag_msg, id.idiag_if), 4));
static_assert(offsetof(inet_diag_msg, id.idiag_cookie) == 44 && offsetof(inet_diag_msg, id.idiag_dst) == 24);
static_assert(inetFixedSize == sizeof(inet_diag_msg));

SOCKTREE_SAME(oldMemoryFields, inet_diag_meminfo, idiag_, rmem);
SOCKTREE_SAME(oldMemoryFields, inet_diag_meminfo, idiag_, wmem);
SOCKTREE_SAME(oldMemoryFields, inet_diag_meminfo, idiag_, fmem);
SOCKTREE_SAME(oldMemoryFields, inet_diag_meminfo, idiag_, tmem);
SOCKTREE_SAME(vegasFields, tcpvegas_info, tcpv_, enabled);
SOCKTREE_SAME(vegasFields, tcpvegas_info, tcpv_, rttcnt);
SOCKTREE_SAME(vegasFields, tcpvegas_info, tcpv_, rtt);
SOCKTREE_SAME(vegasFields, tcpvegas_info, tcpv_, minrtt);
SOCKTREE_SAME(dctcpFields, tcp_dctcp_info, dctcp_, enabled);
SOCKTREE_SAME(dctcpFields, tcp_dctcp_info, dctcp_, ce_state);
SOCKTREE_SAME(dctcpFields, tcp_dctcp_info, dctcp_, alpha);
SOCKTREE_SAME(dctcpFields, tcp_dctcp_info, dctcp_, ab_ecn);
SOCKTREE_SAME(dctcpFields, tcp_dctcp_info, dctcp_, ab_tot);
SOCKTREE_SAME(bbrFields, tcp_bbr_info, bbr_, min_rtt);
SOCKTREE_SAME(bbrFields, tcp_bbr_info, bbr_, pacing_gain);
SOCKTREE_SAME(bbrFields, tcp_bbr_info, bbr_, cwnd_gain);
SOCKTREE_SAME(vfsFields, unix_diag_vfs, udiag_, vfs_ino);
SOCKTREE_SAME(vfsFields, unix_diag_vfs, udiag_, vfs_dev);
SOCKTREE_SAME(queueFields, unix_diag_rqlen, udiag_, rqueue);
SOCKTREE_SAME(queueFields, unix_diag_rqlen, udiag_, wqueue);
SOCKTREE_SAME(unixFixedFields, unix_diag_msg, udiag_, type);
SOCKTREE_SAME(unixFixedFields, unix_diag_msg, udiag_, state);
SOCKTREE_SAME(unixFixedFields, unix_diag_msg, udiag_, ino);
static_assert(isAt(bbrFields, "bw", offsetof(tcp_bbr_info, bbr_bw_lo), 8));
static_assert(unixFixedSize == sizeof(unix_diag_msg));
static_assert(offsetof(unix_diag_msg, udiag_cookie) == 8);
static_assert(sizeof(inet_diag_sockopt) == 2);

static_assert(isAt(memoryFields, "rmem_alloc", SK_MEMINFO_RMEM_ALLOC * sizeof(quint32), sizeof(quint32)));
static_assert(isAt(memoryFields, "rcvbuf", SK_MEMINFO_RCVBUF * sizeof(quint32), sizeof(quint32)));
static_assert(isAt(memoryFields, "wmem_alloc", SK_MEMINFO_WMEM_ALLOC * sizeof(quint32), sizeof(quint32)));
static_assert(isAt(memoryFields, "sndbuf", SK_MEMINFO_SNDBUF * sizeof(quint32), sizeof(quint32)));
static_assert(isAt(memoryFields, "fwd_alloc", SK_MEMINFO_FWD_ALLOC * sizeof(quint32), sizeof(quint32)));
static_assert(isAt(memoryFields, "wmem_queued", SK_MEMINFO_WMEM_QUEUED * sizeof(quint32), sizeof(quint32)));
static_assert(isAt(memoryFields, "optmem", SK_MEMINFO_OPTMEM * sizeof(quint32), sizeof(quint32)));
static_assert(isAt(memoryFields, "backlog", SK_MEMINFO_BACKLOG * sizeof(quint32), sizeof(quint32)));
static_assert(isAt(memoryFields, "drops", SK_MEMINFO_DROPS * sizeof(quint32), sizeof(quint32)));

SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_MEMINFO);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_INFO);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_VEGASINFO);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_CONG);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_TOS);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_TCLASS);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_SKMEMINFO);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_SHUTDOWN);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_DCTCPINFO);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_PROTOCOL);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_SKV6ONLY);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_LOCALS);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_PEERS);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_PAD);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_MARK);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_BBRINFO);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_CLASS_ID);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_MD5SIG);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_ULP_INFO);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_SK_BPF_STORAGES);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_CGROUP_ID);
SOCKTREE_NUMBER(tcpAttributes, INET_DIAG_SOCKOPT);
SOCKTREE_NUMBER(unixAttributes, UNIX_DIAG_NAME);
SOCKTREE_NUMBER(unixAttributes, UNIX_DIAG_VFS);
SOCKTREE_NUMBER(unixAttributes, UNIX_DIAG_PEER);
SOCKTREE_NUMBER(unixAttributes, UNIX_DIAG_ICONS);
SOCKTREE_NUMBER(unixAttributes, UNIX_DIAG_RQLEN);
SOCKTREE_NUMBER(unixAttributes, UNIX_DIAG_MEMINFO);
SOCKTREE_NUMBER(unixAttributes, UNIX_DIAG_SHUTDOWN);
SOCKTREE_NUMBER(unixAttributes, UNIX_DIAG_UID);
SOCKTREE_NUMBER(ulpAttributes, INET_ULP_INFO_NAME);
SOCKTREE_NUMBER(ulpAttributes, INET_ULP_INFO_TLS);
SOCKTREE_NUMBER(ulpAttributes, INET_ULP_INFO_MPTCP);
SOCKTREE_NUMBER(tlsAttributes, TLS_INFO_VERSION);
SOCKTREE_NUMBER(tlsAttributes, TLS_INFO_CIPHER);
SOCKTREE_NUMBER(tlsAttributes, TLS_INFO_TXCONF);
SOCKTREE_NUMBER(tlsAttributes, TLS_INFO_RXCONF);
SOCKTREE_NUMBER(tlsAttributes, TLS_INFO_ZC_RO_TX);
SOCKTREE_NUMBER(tlsAttributes, TLS_INFO_RX_NO_PAD);
SOCKTREE_NUMBER(mptcpAttributes, MPTCP_SUBFLOW_ATTR_TOKEN_REM);
SOCKTREE_NUMBER(mptcpAttributes, MPTCP_SUBFLOW_ATTR_TOKEN_LOC);
SOCKTREE_NUMBER(mptcpAttributes, MPTCP_SUBFLOW_ATTR_RELWRITE_SEQ);
SOCKTREE_NUMBER(mptcpAttributes, MPTCP_SUBFLOW_ATTR_MAP_SEQ);
SOCKTREE_NUMBER(mptcpAttributes, MPTCP_SUBFLOW_ATTR_MAP_SFSEQ);
SOCKTREE_NUMBER(mptcpAttributes, MPTCP_SUBFLOW_ATTR_SSN_OFFSET);
SOCKTREE_NUMBER(mptcpAttributes, MPTCP_SUBFLOW_ATTR_MAP_DATALEN);
SOCKTREE_NUMBER(mptcpAttributes, MPTCP_SUBFLOW_ATTR_FLAGS);
SOCKTREE_NUMBER(mptcpAttributes, MPTCP_SUBFLOW_ATTR_ID_REM);
SOCKTREE_NUMBER(mptcpAttributes, MPTCP_SUBFLOW_ATTR_ID_LOC);
SOCKTREE_NUMBER(mptcpAttributes, MPTCP_SUBFLOW_ATTR_PAD);
SOCKTREE_NUMBER(bpfStorageAttributes, SK_DIAG_BPF_STORAGE_PAD);
SOCKTREE_NUMBER(bpfStorageAttributes, SK_DIAG_BPF_STORAGE_MAP_ID);
SOCKTREE_NUMBER(bpfStorageAttributes, SK_DIAG_BPF_STORAGE_MAP_VALUE);
SOCKTREE_NUMBER(bpfStoragesAttributes, SK_DIAG_BPF_STORAGE);

static_assert(isNamed(caStates, "open", TCP_CA_Open) && isNamed(caStates, "disorder", TCP_CA_Disorder)
    && isNamed(caStates, "cwr", TCP_CA_CWR) && isNamed(caStates, "recovery", TCP_CA_Recovery)
    && isNamed(caStates, "loss", TCP_CA_Loss));
static_assert(isNamed(tcpOptions, "ts", TCPI_OPT_TIMESTAMPS) && isNamed(tcpOptions, "sack", TCPI_OPT_SACK)
    && isNamed(tcpOptions, "wscale", TCPI_OPT_WSCALE) && isNamed(tcpOptions, "ecn", TCPI_OPT_ECN)
    && isNamed(tcpOptions, "ecnseen", TCPI_OPT_ECN_SEEN) && isNamed(tcpOptions, "fastopen", TCPI_OPT_SYN_DATA));
static_assert(isNamed(fastOpenFailures, "none", TFO_STATUS_UNSPEC)
    && isNamed(fastOpenFailures, "no-cookie", TFO_COOKIE_UNAVAILABLE)
    && isNamed(fastOpenFailures, "data-not-acked", TFO_DATA_NOT_ACKED)
    && isNamed(fastOpenFailures, "syn-retransmitted", TFO_SYN_RETRANSMITTED));
static_assert(isNamed(tlsVersions, "1.2", TLS_1_2_VERSION) && isNamed(tlsVersions, "1.3", TLS_1_3_VERSION));
static_assert(isNamed(tlsCiphers, "aes-gcm-128", TLS_CIPHER_AES_GCM_128)
    && isNamed(tlsCiphers, "aes-gcm-256", TLS_CIPHER_AES_GCM_256)
    && isNamed(tlsCiphers, "aes-ccm-128", TLS_CIPHER_AES_CCM_128)
    && isNamed(tlsCiphers, "chacha20-poly1305", TLS_CIPHER_CHACHA20_POLY1305)
    && isNamed(tlsCiphers, "sm4-gcm", TLS_CIPHER_SM4_GCM) && isNamed(tlsCiphers, "sm4-ccm", TLS_CIPHER_SM4_CCM)
    && isNamed(tlsCiphers, "aria-gcm-128", TLS_CIPHER_ARIA_GCM_128)
    && isNamed(tlsCiphers, "aria-gcm-256", TLS_CIPHER_ARIA_GCM_256));
static_assert(isNamed(tlsModes, "base", TLS_CONF_BASE) && isNamed(tlsModes, "software", TLS_CONF_SW)
    && isNamed(tlsModes, "hardware", TLS_CONF_HW) && isNamed(tlsModes, "hardware-record", TLS_CONF_HW_RECORD));
static_assert(isNamed(subflowFlags, "mp-capable-remote", MPTCP_SUBFLOW_FLAG_MCAP_REM)
    && isNamed(subflowFlags, "mp-capable-local", MPTCP_SUBFLOW_FLAG_MCAP_LOC)
    && isNamed(subflowFlags, "join-remote", MPTCP_SUBFLOW_FLAG_JOIN_REM)
    && isNamed(subflowFlags, "join-local", MPTCP_SUBFLOW_FLAG_JOIN_LOC)
    && isNamed(subflowFlags, "backup-remote", MPTCP_SUBFLOW_FLAG_BKUP_REM)
    && isNamed(subflowFlags, "backup-local", MPTCP_SUBFLOW_FLAG_BKUP_LOC)
    && isNamed(subflowFlags, "fully-established", MPTCP_SUBFLOW_FLAG_FULLY_ESTABLISHED)
    && isNamed(subflowFlags, "connected", MPTCP_SUBFLOW_FLAG_CONNECTED)
    && isNamed(subflowFlags, "map-valid", MPTCP_SUBFLOW_FLAG_MAPVALID));
static_assert(isNamed(internetFamilies, "ipv4", AF_INET) && isNamed(internetFamilies, "ipv6", AF_INET6));
static_assert(isNamed(socketTypes, "stream", SOCK_STREAM) && isNamed(socketTypes, "dgram", SOCK_DGRAM)
    && isNamed(socketTypes, "seqpacket", SOCK_SEQPACKET));

} // namespace

} // namespace socktree::table
