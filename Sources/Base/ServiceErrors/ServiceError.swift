// SPDX-License-Identifier: Apache-2.0

// Errors as callers see them, whatever they call through: a code, a reason that never changes for
// programs, a sentence for people, the field at fault and the values in the sentence. Each
// interface maps it in one place.

/// A request that cannot be fulfilled.
package struct ServiceError: Error, Sendable, Equatable {
    /// Kinds of failure, by what whoever asked can do about it.
    package enum Code: Sendable, CaseIterable {
        /// The request is wrong, whatever the state of the system.
        case invalidArgument
        /// What was named does not exist.
        case notFound
        /// What was to be made exists.
        case alreadyExists
        /// Whoever asks is not allowed to do this.
        case permissionDenied
        /// The system is not in the state that the request needs.
        case failedPrecondition
        /// A limit was hit that a smaller request would not hit.
        case resourceExhausted
        /// The time that whoever asks allows is over, or would be.
        case deadlineExceeded
        /// There is no room now; the same request may succeed later.
        case unavailable
        /// What was asked for begins before, or behind, what there is.
        case outOfRange
        /// Stored data is damaged or missing.
        case dataLoss
        /// A defect, or a failure of the machine.
        case internalError
    }

    /// What beside the reason is told.
    package enum Detail: Sendable, Equatable {
        /// Nothing.
        case none
        /// The field of the request that is at fault, such as "header.columns[3]".
        case field(String)
        /// The resource that does not exist.
        case resource(type: String, name: String)
        /// When to come back, in milliseconds.
        case retry(milliseconds: Int)
    }

    /// Who defines the reasons.
    package static let domain = "vigie"

    /// The kind of failure.
    package var code: Code
    /// What went wrong, as a constant for programs, such as "UNKNOWN_COLUMN".
    package var reason: String
    /// What went wrong, where, and what to do about it.
    package var message: String
    /// The values in the message, by name, for programs.
    package var metadata: [String: String]
    /// What else is told.
    package var detail: Detail

    /// Makes an error.
    package init(
        _ code: Code,
        _ reason: String,
        _ message: String,
        metadata: [String: String] = [:],
        detail: Detail = .none
    ) {
        self.code = code
        self.reason = reason
        self.message = message
        self.metadata = metadata
        self.detail = detail
    }

    /// An INVALID_ARGUMENT error about one field of the request.
    package static func invalid(
        _ field: String,
        _ reason: String,
        _ message: String,
        metadata: [String: String] = [:]
    ) -> ServiceError {
        let detail = Detail.field(field)
        return .init(.invalidArgument, reason, message, metadata: metadata, detail: detail)
    }

    /// An error about a limit that a field of the request passes.
    package static func overLimit(
        _ field: String,
        _ limit: String,
        _ message: String,
        value: Int,
        maximum: Int,
        code: Code = .invalidArgument
    ) -> ServiceError {
        .init(
            code,
            "LIMIT_EXCEEDED",
            "\(message) The limit \(limit) is \(maximum).",
            metadata: ["limit": limit, "maximum": "\(maximum)", "value": "\(value)"],
            detail: .field(field)
        )
    }
}

extension ServiceError {
    /// A page of a list with fewer than no entries.
    package static func negativePageSize(_ size: Int) -> ServiceError {
        .invalid(
            "page_size",
            "NEGATIVE_PAGE_SIZE",
            "page_size is \(size); it must be 0 or more."
        )
    }

    /// A token of a page that no page gave.
    package static func unknownPageToken(_ token: String) -> ServiceError {
        .invalid(
            "page_token",
            "UNKNOWN_PAGE_TOKEN",
            "page_token \"\(token.shownInMessages)\" was not given by this server; use "
                + "next_page_token of the response before, or none for the first page."
        )
    }
}

extension ServiceError: CustomStringConvertible {
    /// The message.
    package var description: String { message }
}

extension String {
    /// The text cut to a length fit for a message, without control characters.
    package var shownInMessages: String {
        let scalars = unicodeScalars.prefix(64).map { scalar in
            scalar.properties.generalCategory == .control ? "?" : String(scalar)
        }
        return scalars.joined() + (unicodeScalars.count > 64 ? "..." : "")
    }
}
