export default {
  mode: 'production',
  entry: {
    model: {import: './src/model.ts', library: {type: 'module'}},
    list: './src/list.ts',
  },
  experiments: {outputModule: true},
  output: {filename: '[name].js', clean: true},
  resolve: {extensions: ['.ts', '.js']},
  module: {
    rules: [{test: /\.ts$/, loader: 'ts-loader', options: {transpileOnly: true, compilerOptions: {noEmit: false}}}],
  },
  performance: {hints: false},
};
