export default {
  base: "./",
  build: { target: "esnext", rollupOptions: { input: ["index.html", "react.html", "vue.html"] } },
};
