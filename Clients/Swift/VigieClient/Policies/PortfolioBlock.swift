// SPDX-License-Identifier: Apache-2.0

// Companies of a portfolio, as columns.

/// Some companies of a portfolio: at most 4,096.
public struct PortfolioBlock: Sendable, Hashable {
    /// A column of texts, each different one once.
    public struct Texts: Sendable, Hashable {
        /// The different texts.
        public var dictionary: [String]
        /// For each company the place of its text, from 1; 0 where it is not known.
        public var codes: [UInt32]

        /// Takes both.
        ///
        /// - Parameters:
        ///   - dictionary: The different texts.
        ///   - codes: For each company the place of its text, from 1; 0 where it is not known.
        public init(dictionary: [String], codes: [UInt32]) {
            (self.dictionary, self.codes) = (dictionary, codes)
        }

        /// Takes a text for each company.
        ///
        /// - Parameter texts: The texts; `nil` where one is not known.
        public init(_ texts: [String?]) {
            var places: [String: UInt32] = [:]
            (dictionary, codes) = ([], [])
            for text in texts {
                guard let text else {
                    codes.append(0)
                    continue
                }
                if places[text] == nil {
                    dictionary.append(text)
                    places[text] = UInt32(clamping: dictionary.count)
                }
                codes.append(places[text] ?? 0)
            }
        }
    }

    /// How many companies there are.
    public var companyCount: Int
    /// The columns of numbers, one value a company each; NaN is not known.
    public var numbers: [[Double]]
    /// The columns of texts.
    public var texts: [Texts]
    /// The names of the companies; empty where they have none.
    public var names: [String] = []
    /// Where each stands in a file, for what is said of it; empty where they are counted.
    public var lines: [Int] = []

    /// Takes columns.
    ///
    /// - Parameters:
    ///   - companyCount: How many companies there are.
    ///   - numbers: The columns of numbers.
    ///   - texts: The columns of texts.
    ///   - names: The names of the companies.
    public init(
        companyCount: Int,
        numbers: [[Double]] = [],
        texts: [Texts] = [],
        names: [String] = []
    ) {
        (self.companyCount, self.numbers, self.texts) = (companyCount, numbers, texts)
        self.names = names
    }
}

/// What applies to all companies of a simulation.
public struct SimulationOptions: Sendable, Hashable {
    /// Inputs of the policies that come as columns of numbers.
    public var numberColumns: [String]
    /// Inputs that come as columns of texts, of whatever kind, as a policy's tests write them; and
    /// `stage`, `subject` and `role`.
    public var textColumns: [String]
    /// The day for which is decided; `nil` means the first day of the policy as it is to be.
    public var asOf: Day?
    /// How many of the greatest changes are told, at most 1,000.
    public var changeCount = 20
    /// Time within which the call must be answered. `nil` means for as long as it takes.
    public var timeout: Duration?
    /// Headers to send with the call.
    public var metadata = CallMetadata()

    /// Takes the names of columns.
    ///
    /// - Parameters:
    ///   - numberColumns: Inputs of the policies that come as columns of numbers.
    ///   - textColumns: Inputs that come as columns of texts.
    public init(numberColumns: [String], textColumns: [String] = []) {
        (self.numberColumns, self.textColumns) = (numberColumns, textColumns)
    }
}
