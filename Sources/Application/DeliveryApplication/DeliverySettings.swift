// SPDX-License-Identifier: Apache-2.0

// What an operator lets a server send, and how.

package import Deliveries
package import Digests
package import MailMessages
package import Webhooks

/// How others are told of events.
package struct DeliverySettings: Sendable {
    /// Which addresses may be called.
    package var guarded: DestinationGuard
    /// What secrets of endpoints are sealed with; nil where there can be none.
    package var key: SealingKey?
    /// By whom mail is sent, and whose it is; nil where none is.
    package var mail: (relay: MailRelay, sender: MailAddress)?
    /// File of the CAs that receivers' certificates are to be from; nil for those of the system.
    package var trustPath: String?

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
        (self.guarded, self.key, self.mail) = (guarded, key, mail)
        self.trustPath = trustPath
    }
}
