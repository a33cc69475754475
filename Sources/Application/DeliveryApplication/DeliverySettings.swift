// SPDX-License-Identifier: Apache-2.0

// What an operator lets a server send, and how.

package import Deliveries
package import Digests
package import MailMessages
internal import Synchronization
package import Webhooks

/// How others are told of events.
package struct DeliverySettings: Sendable {
    /// Which addresses may be called.
    package var guarded: DestinationGuard
    /// What secrets of endpoints are sealed with; nil where there can be none.
    package var key: SealingKey? { held.key.withLock { $0 } }
    /// By whom mail is sent, and whose it is; nil where none is.
    package var mail: (relay: MailRelay, sender: MailAddress)?
    /// File of the CAs that receivers' certificates are to be from; nil for those of the system.
    package var trustPath: String?
    /// The key, which all copies have together: it may be read again while the server runs.
    private let held: Held

    private final class Held: Sendable {
        let key: Mutex<SealingKey?>

        init(_ key: SealingKey?) { self.key = Mutex(key) }
    }

    /// Nobody is told anything.
    package static let none = DeliverySettings(
        guarded: .internet,
        key: nil,
        mail: nil,
        trustPath: nil
    )

    /// Takes them.
    package init(
        guarded: DestinationGuard,
        key: SealingKey?,
        mail: (relay: MailRelay, sender: MailAddress)?,
        trustPath: String?
    ) {
        (self.guarded, self.mail, self.trustPath) = (guarded, mail, trustPath)
        held = Held(key)
    }

    /// Has another key count from now on, for all copies. What was sealed with the one before can
    /// be opened by that only.
    package func replaceKey(_ key: SealingKey) { held.key.withLock { $0 = key } }
}
