// Counts down by itself, so that the server need not say every second what everybody's clock shows.
export default {
  template: `<span class="class-clock" role="timer" aria-live="off">{{ text }}</span>`,
  props: { left: Number, running: Boolean, prefix: String },
  data: () => ({ end: 0, now: 0, ticker: null }),
  mounted() {
    this.set();
    this.ticker = setInterval(() => (this.now = Date.now()), 500);
  },
  unmounted() {
    clearInterval(this.ticker);
  },
  watch: { left: "set", running: "set" },
  methods: {
    set() {
      this.now = Date.now();
      this.end = this.now + 1000 * this.left;
    },
  },
  computed: {
    text() {
      const left = Math.max(0, Math.round(this.running ? (this.end - this.now) / 1000 : this.left));
      return `${this.prefix}${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    },
  },
};
