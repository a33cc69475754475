// SPDX-License-Identifier: Apache-2.0

// What systemd is told (sd_notify(3)): a datagram to the socket that it names. Where it names
// none, nothing is said.

internal import FoundationEssentials
internal import Telemetry

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The service manager that started this process, if one did.
struct ServiceManager: Sendable {
    private let path: String?
    /// How often it wants to hear that the server is alive; nil for never.
    let watchdogInterval: Duration?

    /// Takes what the environment says.
    init(environment: [String: String]) {
        path = environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
        let isForUs = environment["WATCHDOG_PID"].map { $0 == "\(getpid())" } ?? true
        // Twice within its time, as systemd advises.
        watchdogInterval = environment["WATCHDOG_USEC"].flatMap(Int64.init).flatMap {
            $0 > 1 && isForUs ? .microseconds($0 / 2) : nil
        }
    }

    /// The server takes calls.
    func tellReady() { tell("READY=1\nSTATUS=Serving.") }

    /// Files are read again; `tellReady` follows.
    func tellReloading() {
        let microseconds = monotonicNanoseconds() / 1_000
        tell("RELOADING=1\nMONOTONIC_USEC=\(microseconds)")
    }

    /// Another process starts to take over.
    func tellHandingOver() { tell("STATUS=Handing over.") }

    /// It does not.
    func tellNotHandedOver() { tell("STATUS=Serving. A hand-over failed; the log says why.") }

    /// Another process of the service is its main one from now on.
    func tellMainProcess(_ identifier: pid_t) { tell("MAINPID=\(identifier)") }

    /// The server lets its calls finish.
    func tellStopping() { tell("STOPPING=1\nSTATUS=Letting calls finish.") }

    /// The server is alive.
    func tellAlive() { tell("WATCHDOG=1", waits: false) }

    /// - Parameter waits: Whether to wait for a manager that has not read what it was told before.
    private func tell(_ state: String, waits: Bool = true) {
        guard let path else { return }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard bytes.count < room else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { target in
            target.copyBytes(from: bytes)
            // An at sign stands for the byte 0 with which abstract names begin.
            if bytes.first == UInt8(ascii: "@") { target[0] = 0 }
        }
        let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2
        let length = socklen_t(offset + bytes.count)
        let descriptor = socket(
            AF_UNIX,
            Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue),
            0
        )
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let message = Array(state.utf8)
        let flags = Int32(MSG_NOSIGNAL) | (waits ? 0 : Int32(MSG_DONTWAIT))
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, message, message.count, flags, $0, length)
            }
        }
    }
}
