import { createApp } from 'vue';
import '../../shared/styles/tokens.css';
import '../../shared/citizen/citizen.css';
import { applyElderMode } from '../../shared/citizen/elder';
import ProgressApp from './ProgressApp.vue';

applyElderMode();
createApp(ProgressApp).mount('#progress');
