// SPDX-License-Identifier: Apache-2.0

// Which operator is read by what.

internal import Documents
internal import Formulas

extension ONNXGraph {
    /// Reads one node.
    mutating func read(_ node: ONNXNode) throws(ModelFormatError) {
        place = node.place
        try countReads(node)
        let operation = node.operation
        if let unary = Self.unaryOperators[operation] { return try self.unary(node, unary) }
        if let binary = Self.binaryOperators[operation] { return try self.binary(node, binary) }
        if let join = Self.variadicOperators[operation] { return try variadic(node, join) }
        if let reduction = Self.reductions[operation] { return try reduce(node, reduction) }
        if let comparison = Self.comparisons[operation] {
            return try self.comparison(
                node,
                comparison.operation,
                isSwapped: comparison.isSwapped
            )
        }
        if try readLearned(node) { return }
        if try readMoves(node) { return }
        try readOther(node)
    }

    /// Operators of ai.onnx.ml; whether it was one.
    private mutating func readLearned(_ node: ONNXNode) throws(ModelFormatError) -> Bool {
        switch node.operation {
        case "ai.onnx.ml.TreeEnsembleClassifier": try classifyByTrees(node)
        case "ai.onnx.ml.TreeEnsembleRegressor": try regressByTrees(node)
        case "ai.onnx.ml.TreeEnsemble": try evaluateTrees(node)
        case "ai.onnx.ml.LinearClassifier": try classifyLinearly(node)
        case "ai.onnx.ml.LinearRegressor": try regressLinearly(node)
        case "ai.onnx.ml.Scaler": try scale(node)
        case "ai.onnx.ml.Imputer": try impute(node)
        case "ai.onnx.ml.Normalizer": try normalize(node)
        case "ai.onnx.ml.Binarizer": try binarize(node)
        case "ai.onnx.ml.LabelEncoder": try encodeLabels(node)
        case "ai.onnx.ml.OneHotEncoder": try encodeOneHot(node)
        case "ai.onnx.ml.ArrayFeatureExtractor": try extractFeatures(node)
        case "ai.onnx.ml.FeatureVectorizer": try joinFeatures(node)
        case "ai.onnx.ml.ZipMap": try zipMap(node)
        default: return false
        }
        return true
    }

    /// Operators that move elements; whether it was one.
    private mutating func readMoves(_ node: ONNXNode) throws(ModelFormatError) -> Bool {
        switch node.operation {
        case "Identity": try define(node, try input(node, 0))
        case "Dropout": try dropNothing(node)
        case "Reshape": try reshape(node)
        case "Flatten": try flatten(node)
        case "Squeeze": try squeeze(node)
        case "Unsqueeze": try unsqueeze(node)
        case "Transpose": try transpose(node)
        case "Concat": try concatenate(node)
        case "Slice": try slice(node)
        case "Gather": try gather(node)
        case "Constant": try constant(node)
        case "Shape": try shape(node)
        case "ConstantOfShape": try constantOfShape(node)
        case "Expand": try expand(node)
        default: return false
        }
        return true
    }

    private mutating func readOther(_ node: ONNXNode) throws(ModelFormatError) {
        switch node.operation {
        case "Cast": try castTensor(node)
        case "Clip": try clip(node)
        case "Where": try choose(node)
        case "Not": try logicalNot(node)
        case "IsNaN": try isMissing(node)
        case "Relu": try relu(node)
        case "Erf": try errorFunction(node)
        case "MatMul": try multiplyMatrices(node)
        case "Gemm": try generalMatrixProduct(node)
        case "Softmax", "LogSoftmax": try softmax(node)
        case "ArgMax", "ArgMin": try extremePlace(node)
        default: throw node.unsupported("this operator is not supported")
        }
    }
}
