// SPDX-License-Identifier: Apache-2.0

// Who a company is in the store: by a number that a register gave it, or by the user's own.

package import Quantities
internal import VigieLimits

/// What a company is known by, and by which all that belongs to it is found.
package enum CompanyIdentity: Sendable, Hashable {
    /// Its number in the French directory.
    case siren(SIREN)
    /// Its identifier as a legal entity.
    case lei(LEI)
    /// What the user calls it, for companies without one of the others.
    case own(String)

    /// The kind as it is written: `siren`, `lei`, `own`.
    package var kind: String {
        switch self {
        case .siren: "siren"
        case .lei: "lei"
        case .own: "own"
        }
    }

    /// The number or name without its kind.
    package var text: String {
        switch self {
        case .siren(let siren): siren.description
        case .lei(let lei): lei.description
        case .own(let name): name
        }
    }

    private static func isBlank(_ scalar: Unicode.Scalar?) -> Bool {
        scalar?.properties.isWhitespace ?? false
    }

    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control || PersonIdentity.isUnseen(scalar)
    }

    /// Reads a number or name of a kind.
    ///
    /// - Throws: Why it is none.
    package init(kind: String, text: String) throws(IdentityError) {
        switch kind {
        case "siren":
            do throws(IdentifierError) { self = .siren(try SIREN(text)) } catch {
                throw IdentityError(message: "\(error)")
            }
        case "lei":
            do throws(IdentifierError) { self = .lei(try LEI(text)) } catch {
                throw IdentityError(message: "\(error)")
            }
        case "own":
            guard !text.isEmpty, text.utf8.count <= StoreLimits.ownIdentityBytes,
                !Self.isBlank(text.unicodeScalars.first), !Self.isBlank(text.unicodeScalars.last),
                text.unicodeScalars.allSatisfy({ !Self.isUnseen($0) })
            else {
                throw IdentityError(
                    message:
                        "an own identifier has 1 to \(StoreLimits.ownIdentityBytes) bytes, no "
                        + "characters that are not seen, and no blanks around it"
                )
            }
            self = .own(text)
        default:
            throw IdentityError(message: "\"\(kind)\" is no kind of identifier: siren, lei or own")
        }
    }
}

extension CompanyIdentity: CustomStringConvertible {
    /// The kind and the text, such as `siren:552100554`.
    package var description: String { "\(kind):\(text)" }
}

/// Why a text identifies no company.
package struct IdentityError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, and what would be right.
    package let message: String

    /// Makes an error.
    package init(message: String) { self.message = message }

    /// The message.
    package var description: String { message }
}
