// SPDX-License-Identifier: Apache-2.0

// What a server has for browsers: those who are signed in, how they get there, and the door.

internal import Callers
internal import GRPCTransport
internal import NIOCore
internal import VigieLimits

/// The parts of a server that speak plain HTTP, as far as it has a door.
struct WebParts {
    /// How one signs in.
    let dashboard: DashboardService
    private let sessions: WebSessions
    private let limits: ServiceLimits
    private let hasDoor: Bool
    private let proxies: ProxySignIn?

    init(_ configuration: VigieServerConfiguration) {
        (limits, hasDoor) = (configuration.limits, configuration.hasWebDoor)
        proxies = configuration.proxySignIn
        sessions = WebSessions(limits) {
            Int64(NIODeadline.now().uptimeNanoseconds / 1_000_000_000)
        }
        dashboard = DashboardService(hasDoor ? sessions : nil, limits)
    }

    /// The door of some services, put into how a server listens; nil for none.
    func door(
        _ services: [ServiceDescription],
        gate: (any CallGate)?,
        _ live: LiveFeed,
        in transport: inout ServerConfiguration
    ) -> WebDoor? {
        guard hasDoor else { return nil }
        let door = WebDoor(services, gate: gate, sessions, proxies, live, limits)
        transport.web = door
        transport.tls.allowsHTTP1 = true
        return door
    }
}
