//! Under which addresses this machine is reached, the likeliest first: a QR code can hold only one.

use std::net::{IpAddr, SocketAddr, UdpSocket};

/// Networks that lie within the machine: of containers, virtual machines and tunnels. No phone is on them.
const WITHIN: [&str; 12] =
    ["bridge", "br-", "docker", "lxc", "podman", "tailscale", "tun", "utun", "veth", "virbr", "vmnet", "wg"];

/// The addresses under which a relay that listens on `address` is reached; never empty. Without any network it is
/// loopback's.
pub(super) fn reached_at(address: SocketAddr) -> Vec<SocketAddr> {
    if !address.ip().is_unspecified() {
        return vec![address];
    }
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    let found = interfaces.into_iter().map(|interface| (interface.ip(), interface.name));
    let mut sorted = by_likelihood(found.collect(), on_route());
    // A socket on all of IPv6 also takes IPv4; not the other way round.
    sorted.retain(|ip| ip.is_ipv4() || address.is_ipv6());
    if sorted.is_empty() {
        sorted.push(if address.is_ipv4() { [127, 0, 0, 1].into() } else { [0, 0, 0, 0, 0, 0, 0, 1].into() });
    }
    sorted.into_iter().map(|ip| SocketAddr::new(ip, address.port())).collect()
}

/// Sorts the addresses of interfaces, of which `on_route` leads out into the world, if any does: a hall's own network
/// need not.
fn by_likelihood(found: Vec<(IpAddr, String)>, on_route: Option<IpAddr>) -> Vec<IpAddr> {
    let mut ranked: Vec<_> = found
        .into_iter()
        // An address of IPv6 that holds on one link alone cannot be written into a link.
        .filter(|(ip, _)| !ip.is_loopback() && !matches!(ip, IpAddr::V6(v6) if v6.is_unicast_link_local()))
        .map(|(ip, name)| {
            let is_within = WITHIN.iter().any(|prefix| name.starts_with(prefix));
            let is_makeshift = matches!(ip, IpAddr::V4(v4) if v4.is_link_local());
            ((Some(ip) != on_route, is_within, is_makeshift, ip.is_ipv6(), name), ip)
        })
        .collect();
    ranked.sort();
    let mut sorted: Vec<_> = ranked.into_iter().map(|(_, ip)| ip).collect();
    sorted.dedup();
    sorted
}

/// The address from which this machine would speak to the world. Nothing is sent: the system only says it.
fn on_route() -> Option<IpAddr> {
    let socket = UdpSocket::bind(("0.0.0.0", 0)).ok()?;
    // An address that is kept for documents: it is nobody's.
    socket.connect(("192.0.2.1", 9)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(all: &[(&str, &str)]) -> Vec<(IpAddr, String)> {
        all.iter().map(|(ip, name)| (ip.parse().unwrap(), (*name).to_owned())).collect()
    }

    fn sorted(all: &[(&str, &str)], on_route: Option<&str>) -> Vec<String> {
        let on_route = on_route.map(|ip| ip.parse().unwrap());
        by_likelihood(found(all), on_route).iter().map(ToString::to_string).collect()
    }

    const ALL: [(&str, &str); 7] = [
        ("127.0.0.1", "lo"),
        ("172.17.0.1", "docker0"),
        ("192.168.4.1", "wlan0"),
        ("2001:db8::7", "wlan0"),
        ("fe80::1", "wlan0"),
        ("10.0.0.5", "eth0"),
        ("169.254.9.9", "eth1"),
    ];

    #[test]
    fn without_a_way_out_the_halls_own_network_comes_first() {
        assert_eq!(sorted(&ALL[..3], None), ["192.168.4.1", "172.17.0.1"]);
    }

    #[test]
    fn the_way_out_comes_first_and_every_other_is_there() {
        let all = sorted(&ALL, Some("192.168.4.1"));
        assert_eq!(all, ["192.168.4.1", "10.0.0.5", "2001:db8::7", "169.254.9.9", "172.17.0.1"]);
        assert_eq!(sorted(&ALL[..1], Some("127.0.0.1")), [""; 0]);
    }

    #[test]
    fn an_address_that_was_named_is_the_one() {
        let named: SocketAddr = "192.0.2.9:80".parse().unwrap();
        assert_eq!(reached_at(named), [named]);
        assert!(!reached_at(SocketAddr::from(([0, 0, 0, 0], 8080))).is_empty());
    }
}
