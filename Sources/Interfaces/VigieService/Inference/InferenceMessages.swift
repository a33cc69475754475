// SPDX-License-Identifier: Apache-2.0

// What a model takes and gives, in the terms of tensors.

internal import FoundationEssentials
internal import ProtobufCoding
internal import Scoring
internal import VigieProtos

extension Inference_ModelMetadataResponse {
    /// Tells of a model, with all the versions that there are of it.
    init(_ model: ScoringModel, versions: [String]) {
        self.init()
        name = model.manifest.name
        self.versions = versions
        platform = model.platform
        inputs = model.tensors.map { input in
            .with {
                $0.name = input.name
                $0.datatype = input.type.rawValue
                $0.shape = [-1, input.width]
            }
        }
        outputs = TensorOutput.allCases.map { output in
            .with {
                $0.name = output.rawValue
                $0.datatype = output.type.rawValue
                $0.shape = [-1, 1]
            }
        }
        properties = model.properties
    }
}

extension Inference_ModelConfig {
    /// Tells of a model as if Triton had it.
    init(_ model: ScoringModel, batchMax: Int) {
        self.init()
        name = model.manifest.name
        platform = model.platform
        backend = "vigie"
        maxBatchSize = Int32(clamping: batchMax)
        input = model.tensors.map { input in
            .with {
                $0.name = input.name
                $0.dataType = input.type.configured
                $0.dims = [input.width]
            }
        }
        output = TensorOutput.allCases.map { output in
            .with {
                $0.name = output.rawValue
                $0.dataType = output.type.configured
                $0.dims = [1]
            }
        }
        parameters = model.properties.mapValues { text in .with { $0.stringValue = text } }
    }
}

extension ScoringModel {
    /// The form of the model.
    fileprivate var platform: String { "vigie_\(manifest.modelFormat.rawValue)" }

    /// One tensor of all numbers, and one for each column of texts. That each column may have one
    /// of its own is told in `properties`.
    fileprivate var tensors: [(name: String, type: TensorType, width: Int64)] {
        let shape = TableShape(self)
        var tensors: [(name: String, type: TensorType, width: Int64)] = []
        if !shape.numbers.isEmpty {
            tensors.append((TensorPlan.tableName, .fp32, Int64(shape.numbers.count)))
        }
        return tensors + shape.texts.map { ($0, .bytes, 1) }
    }

    /// The columns of that tensor in their order, as JSON, and what the model predicts.
    fileprivate var properties: [String: String] {
        let names = TableShape(self).numbers
        let columns = (try? JSONEncoder().encode(names)).map { String(decoding: $0, as: UTF8.self) }
        return [
            "columns": columns ?? "[]",
            "content_hash": contentHash,
            "event": manifest.eventIdentifier,
            "horizon_months": "\(manifest.horizonMonths)",
        ]
    }
}
