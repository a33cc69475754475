// SPDX-License-Identifier: Apache-2.0

// Certificates, files of access, policies and the key of deliveries, read again on a signal or when
// they have changed. What is read is checked before it takes the place of what was there; if
// anything is wrong with it, that stays as it is and the log says why. A policy that cannot be used
// decides nothing, and a token that cannot be read does not count; neither keeps others from being
// read.

internal import CallerAccess
internal import CommandFiles
internal import DeliveryApplication
internal import GRPCTransport
internal import Logging
internal import ServiceErrors
internal import VigieApplication
internal import VigieService

/// What is read again, and for whom.
struct Reloading: Sendable {
    let settings: DaemonSettings
    let server: VigieServer
    let policies: PolicyShelf
    let logger: Logger

    /// Reads everything again.
    ///
    /// - Parameter cause: What people are told of why.
    func reload(cause: String) {
        // First: whoever is let in no more must not wait for anything else.
        let isWhole = reloadAccess(cause)
        reloadPolicies(cause)
        reloadDeliveryKey(cause)
        do throws(CommandFailure) {
            let warnings = try CertificateCheck(
                settings.tls,
                isExpiredAllowed: settings.isExpiredCertificateAllowed,
                now: SystemClock.now()
            ).warnings
            do throws(TLSError) { try server.reloadCertificates() } catch {
                throw CommandFailure(.badConfiguration, "TLS: \(error)")
            }
            for warning in warnings { logger.warning("TLS: \(warning).") }
            guard isWhole else { return }
            logger.notice(
                "Certificates and files of access were read again.",
                metadata: ["cause": "\(cause)"]
            )
        } catch {
            tell("Not reloaded; what was loaded before stays.", cause, error.message)
        }
    }

    /// Reads files of access again.
    ///
    /// - Returns: Whether nothing is wrong with them.
    private func reloadAccess(_ cause: String) -> Bool {
        guard let gate = server.gate as? AccessGate else { return true }
        var (stays, closed): ([String], [String]) = ([], [])
        gate.replace { before in
            let read = settings.access.reread(before)
            (stays, closed) = (read.stays, read.closed)
            return read.policy
        }
        for reason in stays { tell("Not reloaded; what was loaded before stays.", cause, reason) }
        for reason in closed {
            tell("What of the tokens cannot be used opens nothing.", cause, reason)
        }
        return stays.isEmpty && closed.isEmpty
    }

    private func tell(_ message: Logger.Message, _ cause: String, _ reason: String) {
        logger.error(message, metadata: ["cause": "\(cause)", "reason": "\(reason)"])
    }

    private func reloadPolicies(_ cause: String) {
        guard settings.policiesDirectory != nil else { return }
        do throws(ServiceError) {
            try policies.reload()
            for problem in policies.problems { logger.warning("\(problem).") }
            logger.notice("Policies were read again.", metadata: ["cause": "\(cause)"])
        } catch {
            let message: Logger.Message =
                "Policies were not reloaded; those that were loaded before stay."
            tell(message, cause, error.message)
        }
    }

    private func reloadDeliveryKey(_ cause: String) {
        guard let path = settings.deliveryKeyPath else { return }
        do throws(CommandFailure) {
            settings.deliveries.replaceKey(try DeliverySettings.key(path))
            logger.notice("The key of deliveries was read again.", metadata: ["cause": "\(cause)"])
        } catch {
            let message: Logger.Message =
                "The key of deliveries was not reloaded; the one before stays."
            tell(message, cause, error.message)
        }
    }

    /// Looks again and again whether files have changed, until the task is cancelled. Once a day it
    /// tells of certificates that are about to end.
    func watch() async {
        guard settings.reloadIntervalSeconds > 0 else { return }
        var last = FileWatch(paths)
        var lastPolicies = FileWatch(policies.watchedPaths)
        var lastDay = SystemClock.now() / Self.daySeconds
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(settings.reloadIntervalSeconds))
            if Task.isCancelled { return }
            let look = FileWatch(paths)
            if look != last {
                last = look
                reload(cause: "a file has changed")
            }
            let policyLook = FileWatch(policies.watchedPaths)
            if policyLook != lastPolicies {
                lastPolicies = policyLook
                reloadPolicies("a file has changed")
            }
            let day = SystemClock.now() / Self.daySeconds
            if day != lastDay {
                lastDay = day
                warn()
            }
        }
    }

    private static let daySeconds: Int64 = 86_400

    private var paths: [String] {
        let pairs = (try? settings.tls.pairs()) ?? []
        return pairs.flatMap { [$0.certificatePath, $0.keyPath] }
            + [settings.tls.clientCAPath, settings.tls.certificateDirectory].compactMap(\.self)
            + settings.access.paths + [settings.deliveryKeyPath].compactMap(\.self)
    }

    private func warn() {
        let check = try? CertificateCheck(
            settings.tls,
            isExpiredAllowed: true,
            now: SystemClock.now()
        )
        for warning in check?.warnings ?? [] { logger.warning("TLS: \(warning).") }
    }
}
